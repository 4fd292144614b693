// Draws the figures of the overview. A bar or point leads to the projects behind it; the table
// beside each figure says the same to keyboards, readers and printers.

const INK = "#1f2933";
const FAINT = "#5b6770";
const LINE = "#d5dce3";
const ROW_HEIGHT = 24;
const charts = [];

for (const place of document.querySelectorAll(".chart")) draw(place);

addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
addEventListener("beforeprint", () => charts.forEach((chart) => chart.resize({ width: 640 })));
addEventListener("afterprint", () => charts.forEach((chart) => chart.resize({ width: "auto" })));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-table]");
  if (!button) return;
  const table = document.getElementById(button.getAttribute("aria-controls"));
  const shown = table.classList.toggle("shown");
  button.setAttribute("aria-expanded", String(shown));
});

for (const field of document.querySelectorAll("#overview-filters select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

function draw(place) {
  const data = JSON.parse(place.parentElement.querySelector(".chart-data").textContent);
  if (data.horizontal) place.style.height = `${Math.max(110, data.categories.length * ROW_HEIGHT + 64)}px`;
  const chart = window.echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(options(data));
  chart.on("click", (event) => {
    const link = data.series[event.seriesIndex]?.links[event.dataIndex];
    if (link) location.assign(link);
  });
  charts.push(chart);
}

function options(data) {
  const font = getComputedStyle(document.body).fontFamily;
  const names = {
    type: "category",
    data: data.categories,
    inverse: data.horizontal,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: LINE } },
    axisLabel: data.horizontal
      ? { color: INK, width: 190, overflow: "truncate", interval: 0 }
      : { color: INK, hideOverlap: true },
  };
  const values = {
    type: "value",
    minInterval: data.percent ? 0 : 1,
    splitLine: { lineStyle: { color: "#e8ecf0" } },
    axisLabel: { color: FAINT, formatter: data.percent ? (value) => `${Math.round(value * 100)}%` : undefined },
  };
  return {
    animation: false,
    textStyle: { fontFamily: font, color: INK },
    color: data.series.map((series) => series.color),
    grid: { left: 8, right: 24, top: data.series.length > 1 ? 34 : 22, bottom: 8, containLabel: true },
    legend: { show: data.series.length > 1, top: 0, left: 0, itemWidth: 12, itemHeight: 10, textStyle: { color: INK, fontSize: 12 } },
    tooltip: {
      trigger: "item",
      renderMode: "richText",
      formatter: (event) => `${event.name}\n${event.seriesName}：${shown(event.value, data.percent)}`,
    },
    xAxis: data.horizontal ? values : names,
    yAxis: data.horizontal ? names : values,
    series: data.series.map((series) => one(series, data)),
  };
}

function one(series, data) {
  const linked = series.links.some(Boolean);
  return {
    name: series.name,
    type: data.kind === "line" ? "line" : "bar",
    stack: data.kind === "stack" ? "all" : undefined,
    data: series.values.map((value) => (data.kind === "stack" && value === 0 ? null : value)),
    barMaxWidth: 18,
    symbolSize: 8,
    cursor: linked ? "pointer" : "default",
    label: {
      show: data.kind !== "line" && (data.kind === "stack" || data.series.length < 3),
      position: data.kind === "stack" ? "inside" : data.horizontal ? "right" : "top",
      color: data.kind === "stack" ? legible(series.color) : INK,
      fontSize: 11,
    },
    labelLayout: { hideOverlap: true },
  };
}

/** Returns ink or white, whichever reads better on a colour. */
function legible(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.22 ? INK : "#fff";
}

function shown(value, percent) {
  if (value === null || value === undefined) return "—";
  return percent ? `${(value * 100).toFixed(1)}%` : String(value);
}
