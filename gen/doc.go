// Package gen turns a graph into files and files into changes: [YAML] is a pure
// function of a graph, [Compare] holds its result against a folder, and [Write]
// makes the folder agree. Nothing else in this module writes a file.
package gen
