// Command hello is the least program that links Flux's API package: the peer
// that the start of fluxdag is measured against.
package main

import (
	"fmt"

	kustomizev1 "github.com/fluxcd/kustomize-controller/api/v1"
)

func main() { fmt.Println("hello", kustomizev1.GroupVersion) }
