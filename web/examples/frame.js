import { connect } from "../web/embed-host.js";

const at = (id) => document.getElementById(id);
const figure = connect(at("figure"));

for (const command of ["play", "pause", "reset"]) {
  at(command).addEventListener("click", () => figure[command]());
}
at("rate").addEventListener("change", ({ target }) => {
  figure.set("training.optimizer.learningRate", Number(target.value));
});
figure.addEventListener("epoch", ({ detail }) => {
  at("epoch").value = `epoch ${detail.progress.epoch}`;
});
