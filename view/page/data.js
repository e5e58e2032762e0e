"use strict";
// The graph, and where its nodes are in the pictures.
const $ = id => document.getElementById(id);
const stage = $("stage"), details = $("details"), search = $("search");
const clusters = JSON.parse($("data").textContent);
const pictures = [...stage.querySelectorAll("svg.full, svg.groups")];
const full = stage.querySelector("svg.full"), groups = stage.querySelector("svg.groups");
let picture = groups || full, chosen = null;

// What is behind a node is not in the data: it is what is ahead, turned round.
for (const c of clusters) {
  for (const n of c.nodes) { n.gates = []; n.applies = []; }
  c.nodes.forEach((n, i) => { if (n.by !== undefined) c.nodes[n.by].applies.push(i); });
  c.nodes.forEach((n, i) => n.waits.forEach(w => c.nodes[w].gates.push(i)));
  (c.groups || []).forEach((members, g) => members.forEach(n => { c.nodes[n].group = g; }));
}
const place = element => {
  const [, c, b] = element.id.match(/c(\d+)-n(\d+)$/);
  return {cluster: +c, box: +b};
};
const element = (svg, cluster, box) => svg && document.getElementById(`${svg === full ? "f" : "g"}-c${cluster}-n${box}`);
const nodesOf = svg => [...svg.querySelectorAll(".node")];
// The box in a picture that a node is in.
const boxOf = (svg, cluster, node) =>
  svg === groups ? clusters[cluster].nodes[node].group : node;
const membersOf = (svg, cluster, box) => svg === groups ? clusters[cluster].groups[box] : [box];

const reach = (nodes, start, next) => {
  const seen = new Set(), queue = [...start];
  while (queue.length) for (const n of nodes[queue.pop()][next]) if (!seen.has(n)) { seen.add(n); queue.push(n); }
  return seen;
};
