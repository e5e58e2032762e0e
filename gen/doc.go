// Package gen turns a graph into files and files into changes: [YAML] is a pure
// function of a graph, [Folder.Compare] holds its result against a folder, and
// [Folder.Write] makes the folder agree. Nothing else in this module writes a file.
//
// The other way, [Parse] splits a YAML stream into documents that know where each
// field stands, [NodeOf] turns an object into a declaration, and [Read] a set of
// files into a cluster. Nothing else in this module reads YAML.
package gen
