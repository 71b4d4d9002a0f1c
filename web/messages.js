// What the page itself says, before the app can speak or when it can't run.

const texts = {
  en: {
    name: "Activation Lab",
    typing: "Text being typed",
    home: "Open in Activation Lab, in a new tab",
    loading: "Loading",
    retry: "Try again",
    restart: "Start again",
    network: "Activation Lab could not be loaded. Please check the connection.",
    webgl2: "Activation Lab draws with WebGL 2, which this browser doesn’t offer. Please use a current " +
      "version of Chrome, Edge, Firefox or Safari, and let it use the graphics card.",
    simd: "Activation Lab computes with WebAssembly SIMD, which this browser doesn’t offer. Please use " +
      "Chrome or Edge 91, Firefox 89, Safari 16.4, or a later version.",
    crashed: "Activation Lab has stopped because of an error.",
  },
  zh: {
    name: "激活函数实验室",
    typing: "正在输入的文字",
    home: "在新标签页中打开激活函数实验室",
    loading: "正在加载",
    retry: "重试",
    restart: "重新启动",
    network: "激活函数实验室未能加载，请检查网络连接。",
    webgl2: "激活函数实验室使用 WebGL 2 绘图，而此浏览器不支持。请使用新版 Chrome、Edge、Firefox 或 " +
      "Safari，并允许其使用显卡。",
    simd: "激活函数实验室使用 WebAssembly SIMD 计算，而此浏览器不支持。请使用 Chrome 或 Edge 91、" +
      "Firefox 89、Safari 16.4 或更新的版本。",
    crashed: "激活函数实验室因出错而停止运行。",
  },
};

const primary = (tag) => tag.split("-")[0].toLowerCase();

/** The first of the person's languages that we speak, as they wrote it ("zh-CN"); else English. */
export function preferredLanguage() {
  return navigator.languages.find((tag) => primary(tag) in texts) ?? "en";
}

export const messages = () => texts[primary(preferredLanguage())];
