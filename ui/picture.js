// The PNG button: asks Python for the print figure, draws it out of sight at a fixed size on white, and saves it.
const FONT = "Noto Sans SC";
const ICON =
  '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 21q-.8 0-1.4-.6T3 19V5q0-.8.6-1.4T5 3h14q.8 0 1.4.6T21 5v14' +
  "q0 .8-.6 1.4T19 21H5Zm0-2h14V5H5v14Zm1-2h12l-3.75-5-3 4L9 13l-3 4Zm-1 2V5v14Z\"/></svg>";
const drawn = new WeakMap(); // button → the last wish that was drawn

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const button = parentElement.querySelector("button");
  const rest = (label) => {
    button.disabled = false;
    button.innerHTML = ICON;
    button.append(label);
  };
  button.title = data.hint;
  button.onclick = () => {
    button.disabled = true;
    button.innerHTML = ICON;
    button.append(data.drawing);
    setTriggerValue("wished", Date.now());
  };
  if (data.wished && data.figure && drawn.get(button) !== data.wished) {
    drawn.set(button, data.wished);
    save(data).then(
      () => rest(data.label),
      (error) => {
        console.warn("picture", error);
        rest(data.failed);
      },
    );
  } else if (!button.disabled || button.childNodes.length === 0) {
    rest(data.label);
  }
}

async function save(data) {
  const Plotly = await library(data.library);
  const figure = JSON.parse(data.figure);
  const place = document.createElement("div");
  place.style.cssText = `position:fixed;left:-20000px;top:0;width:${data.width}px;height:${data.height}px`;
  document.body.append(place);
  try {
    await document.fonts.ready;
    const layout = { ...figure.layout, width: data.width, height: data.height, autosize: false };
    await Plotly.newPlot(place, figure.data, layout, { staticPlot: true });
    const address = await Plotly.toImage(place, { format: "svg", width: data.width, height: data.height });
    const svg = decodeURIComponent(address.slice(address.indexOf(",") + 1));
    const picture = await raster(await withFonts(svg), data);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = data.file_name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  } finally {
    Plotly.purge(place);
    place.remove();
  }
}

let loading;
function library(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      loading = undefined;
      reject(new Error(address));
    };
    document.head.append(script);
  });
  return loading;
}

// A picture does not see the page's web fonts: where this machine needed the shipped one, it goes into the picture.
async function withFonts(svg) {
  const faces = [...document.fonts].filter(
    (face) => face.family.replace(/["']/g, "") === FONT && face.status === "loaded",
  );
  if (faces.length === 0) return svg;
  const rules = await Promise.all(
    faces.map(async (face) => {
      const bold = face.weight === "700" || face.weight === "bold";
      const file = `fonts/NotoSansSC-${bold ? "Bold" : "Regular"}.woff2`;
      const content = await dataUrl(await (await fetch(new URL(file, staticAddress()))).blob());
      return `@font-face{font-family:"${FONT}";font-weight:${bold ? 700 : 400};src:url(${content}) format("woff2")}`;
    }),
  );
  return svg.replace(/(<svg[^>]*>)/, (open) => `${open}<style>${rules.join("")}</style>`);
}

function staticAddress() {
  const script = [...document.scripts].find((s) => /\/app\/static\/plotly-/.test(s.src));
  return new URL("./", script.src);
}

function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

async function raster(svg, data) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml;charset=utf-8" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = data.width * data.scale;
    canvas.height = data.height * data.scale;
    const paper = canvas.getContext("2d");
    for (let pass = 0; pass < 2; pass += 1) {
      // the second pass: some browsers lay out fonts inside a picture only after its first drawing
      paper.fillStyle = "#ffffff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(image, 0, 0, canvas.width, canvas.height);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("canvas"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
