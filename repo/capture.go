package repo

import (
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"sync"
)

// captured returns the lines that f prints on standard error and through log.
func captured(f func()) []string {
	r, w, err := os.Pipe()
	if err != nil {
		f()
		return nil
	}
	lines := make(chan []byte, 1)
	go func() {
		data, _ := io.ReadAll(r)
		lines <- data
	}()
	stderr, logger := os.Stderr, log.Writer()
	os.Stderr = w
	log.SetOutput(w)
	func() {
		defer func() {
			os.Stderr = stderr
			log.SetOutput(logger)
			_ = w.Close()
		}()
		f()
	}()
	data := <-lines
	_ = r.Close()
	return strings.FieldsFunc(string(data), func(r rune) bool { return r == '\n' })
}

// offline is a network that refuses everything. What a kustomization.yaml names is
// cut out before a build; a transformer's own file can still name an address.
type offline struct {
	before  http.RoundTripper
	path    string // PATH
	mu      sync.Mutex
	refused []string
}

// goOffline takes the network away from whatever uses the default transport, and git
// from whatever runs it, until end is called. Nothing should: this is the second wall.
func goOffline() *offline {
	o := &offline{before: http.DefaultTransport, path: os.Getenv("PATH")}
	http.DefaultTransport = o
	_ = os.Setenv("PATH", "")
	return o
}

func (o *offline) end() []string {
	http.DefaultTransport = o.before
	_ = os.Setenv("PATH", o.path)
	return o.refused
}

var errOffline = errors.New("nothing is downloaded")

// RoundTrip refuses.
func (o *offline) RoundTrip(r *http.Request) (*http.Response, error) {
	o.mu.Lock()
	o.refused = append(o.refused, r.URL.String())
	o.mu.Unlock()
	return nil, errOffline
}
