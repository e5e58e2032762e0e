package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

// download returns the folder in which the go command has put a module, whose sum it
// has verified.
func download(version, toolchain string) (string, error) {
	c := exec.Command("go", "mod", "download", "-json", version)
	c.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	if toolchain != "" {
		c.Env = append(c.Env, "GOTOOLCHAIN="+toolchain)
	}
	c.Dir = os.TempDir() // in no module: go.mod stays as it is
	var stderr bytes.Buffer
	c.Stderr = &stderr
	output, failed := c.Output()
	var module struct{ Dir, Error string }
	if err := json.Unmarshal(output, &module); err != nil {
		return "", fmt.Errorf("go mod download: %v %s", failed, bytes.TrimSpace(stderr.Bytes()))
	}
	if module.Error != "" || failed != nil {
		return "", fmt.Errorf("go mod download: %s", module.Error)
	}
	return module.Dir, nil
}
