// The toolbar, the legend, and how the page begins.
$("in").onclick = () => zoom(1.25);
$("out").onclick = () => zoom(0.8);
$("fit").onclick = fit;
$("chain").onclick = e => {
  const on = e.target.getAttribute("aria-pressed") !== "true";
  e.target.setAttribute("aria-pressed", String(on));
  document.body.classList.toggle("no-chain", !on);
};
if (groups && full) {
  $("groups").hidden = false;
  $("groups").onclick = () => { clear(); turnTo(picture === groups ? full : groups); begin(); };
}
if (!stage.querySelector(".edge.chain")) $("chain").hidden = true;
$("chain").title = clusters.map(c => c.chain).filter(Boolean).join("\n");
const legend = $("legend");
if (legend) {
  legend.open = innerWidth > 700 && innerHeight > 600;
  legend.addEventListener("toggle", () => { if (view.moved) show(); else begin(); });
}

for (const p of pictures) {
  p.setAttribute("preserveAspectRatio", "xMinYMin meet");
  nodesOf(p).forEach((n, i) => n.setAttribute("tabindex", i ? "-1" : "0"));
}
turnTo(picture);
begin();
let width = stage.clientWidth;
addEventListener("resize", () => { if (stage.clientWidth !== width && !view.moved) begin(); else show(); width = stage.clientWidth; });
addEventListener("beforeprint", () => {
  for (const p of pictures) { const n = natural.get(p); p.setAttribute("viewBox", `0 0 ${n.w} ${n.h}`); }
  view.printed = true; // whole, whatever size the window is made meanwhile
  if (legend) legend.open = true;
});
addEventListener("afterprint", () => { view.printed = false; show(); });
