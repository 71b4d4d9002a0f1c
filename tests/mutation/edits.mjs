// Mistakes that someone could make in the sources, one line each: where, what stands there, what the
// mistake makes of it, and the tests that must notice ("core" or the files of "cli").

export const edits = [
  ["src/cli/sweep.cpp", "run += static_cast<size_t>(options.shards)", "run += static_cast<size_t>(options.shards) + 1", "cli"],
  ["src/cli/sweep.cpp", "size_t run = static_cast<size_t>(options.shard - 1)", "size_t run = static_cast<size_t>(options.shard)", "cli"],
  ["src/cli/sweep_runs.cpp", "run % seeds_.size()", "run % (seeds_.size() - 1)", "cli"],
  ["src/core/experiment/share_link.h", "kShareVersion = 1", "kShareVersion = 2", "core"],
  ["src/core/experiment/field_table.cpp", '.share = "train"', '.share = "trained"', "core"],
  ["src/core/random/generator.cpp", "const uint64_t shifted = s[1] << 17", "const uint64_t shifted = s[1] << 18", "core"],
  ["src/core/random/generator.cpp", "std::rotl(s[3], 45)", "std::rotl(s[3], 44)", "core"],
  ["src/core/data/make_data.cpp", "static_cast<double>(count) * fraction + 0.5", "static_cast<double>(count) * fraction", "core"],
  ["src/core/train/plan.cpp", "real::cos(std::numbers::pi * phase)", "real::cos(std::numbers::pi * phase / 2)", "core"],
  ["src/core/train/plan.cpp", "epoch % (2 * period)", "epoch % period", "core"],
  ["src/core/train/plan.cpp", "factor + (1 - factor) * share", "factor + share", "core"],
  ["src/core/train/gradient_norm.h", "factor < 1 ? factor : 1", "factor", "core"],
  ["src/core/train/simd_network.cpp", "&layer.a[area], width_, 1.0f", "&layer.a[area], width_, 0.0f", "core"],
  ["src/core/train/simd_network.cpp", "prepared_ = 0;  // the activations", "// the activations", "core"],
  ["src/core/train/collapse.cpp", "bias[u] = c ? (*c)[u] : 0", "bias[u] = 0", "core"],
  ["src/core/train/timeline.cpp", "forget_after(snapshot.steps - 1)", "forget_after(snapshot.steps)", "core"],
  ["src/core/train/timeline.cpp", "bytes_ > kMaxBytes || ", "", "core"],
  ["src/core/train/trainer.cpp", "std::isnan(value) ? 0x7fc00000u", "std::isnan(value) ? 0x7fc00001u", "core"],
  ["src/core/train/update.h", "kSmallest = 1e-30f", "kSmallest = 0", "core"],
  ["src/core/formula/differentiate.cpp", "larger(a, b, d[a], d[b], Op::less)", "larger(a, b, d[b], d[a], Op::less)", "core"],
];
