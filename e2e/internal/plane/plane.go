// Package plane runs a control plane on loopback: etcd, kube-apiserver,
// source-controller and kustomize-controller, the real programs, without nodes.
package plane

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/rest"

	"github.com/tazlab/fluxdag/e2e/internal/binaries"
)

// Options say how the control plane is run.
type Options struct {
	// Dir takes the data and the logs.
	Dir string
	// Requeue is kustomize-controller's --requeue-dependency; Flux's own is 30 s.
	Requeue time.Duration
	// Concurrent is kustomize-controller's --concurrent; Flux's own is 4.
	Concurrent int
	// Port, where it is not 0, is kube-apiserver's; else the kernel chooses.
	Port int
}

// Plane is a control plane that runs.
type Plane struct {
	// Config reaches the API server as cluster-admin.
	Config *rest.Config
	// Dir holds the logs, one a program.
	Dir string

	mu        sync.Mutex // over processes
	processes []*process
	ctx       context.Context
	cancel    context.CancelCauseFunc
	stop      sync.Once
}

// Start starts the API server and what it needs. The controllers are started by
// [Plane.StartControllers], when Flux's CRDs are there. On an error nothing is left
// running, nor when ctx ends: see [Wait].
func Start(ctx context.Context, set binaries.Set, o Options) (*Plane, error) {
	p := &Plane{Dir: o.Dir}
	p.ctx, p.cancel = context.WithCancelCause(ctx)
	running.Add(1)
	context.AfterFunc(ctx, p.Stop)
	err := p.startServers(set, o)
	if err != nil && o.Port == 0 && strings.Contains(err.Error(), "address already in use") && ctx.Err() == nil {
		// Somebody took the port between the kernel's answer and its use.
		p.Stop()
		return Start(ctx, set, o)
	}
	if err != nil {
		p.Stop()
		return nil, err
	}
	return p, nil
}

// Context ends when a program of the control plane does; its cause says which, and
// shows the end of its log.
func (p *Plane) Context() context.Context { return p.ctx }

// running are the planes that are not stopped.
var running sync.WaitGroup

// Wait waits until every plane is stopped, as each is when the context ends that it was
// started with.
func Wait() { running.Wait() }

// Stop ends every program, the last started first. It may be called more than once.
func (p *Plane) Stop() {
	p.stop.Do(func() {
		defer running.Done()
		p.cancel(context.Canceled)
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, process := range slices.Backward(p.processes) {
			process.stop()
		}
	})
}

// run starts a program, and watches it. Nothing is started any more once the plane is
// being stopped.
func (p *Plane) run(name, path string, env []string, args ...string) (*process, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ctx.Err() != nil {
		return nil, context.Cause(p.ctx)
	}
	process, err := start(p.Dir, name, path, env, args...)
	if err != nil {
		return nil, err
	}
	p.processes = append(p.processes, process)
	go func() {
		<-process.done
		p.cancel(process.err)
	}()
	return process, nil
}

func (p *Plane) startServers(set binaries.Set, o Options) error {
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	client, peer, secure := ports[0], ports[1], ports[2]
	if o.Port != 0 {
		secure = o.Port
	}
	etcdURL, peerURL := local("http", client), local("http", peer)
	etcd, err := p.run("etcd", set.Etcd, nil, "--name=e2e", "--data-dir="+filepath.Join(p.Dir, fmt.Sprintf("etcd-%d", client)), "--unsafe-no-fsync",
		"--listen-client-urls="+etcdURL, "--advertise-client-urls="+etcdURL,
		"--listen-peer-urls="+peerURL, "--initial-advertise-peer-urls="+peerURL, "--initial-cluster=e2e="+peerURL)
	if err != nil {
		return err
	}
	if err := etcd.ready(p.ctx, probe(etcdURL+"/health")); err != nil {
		return err
	}
	return p.startAPIServer(set.APIServer, etcdURL, secure)
}

func (p *Plane) startAPIServer(path, etcdURL string, port int) error {
	key, err := writeKey(p.Dir)
	if err != nil {
		return err
	}
	tokens := filepath.Join(p.Dir, "tokens.csv")
	if err := os.WriteFile(tokens, []byte(token+",e2e,e2e,system:masters\n"), 0o600); err != nil {
		return err
	}
	server, err := p.run("kube-apiserver", path, nil, "--etcd-servers="+etcdURL, "--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port), "--cert-dir="+filepath.Join(p.Dir, "certificates"),
		"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file="+key, "--service-account-signing-key-file="+key,
		"--token-auth-file="+tokens, "--authorization-mode=AlwaysAllow", "--disable-admission-plugins=ServiceAccount",
		"--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.0.0.0/24")
	if err != nil {
		return err
	}
	p.Config = &rest.Config{Host: local("https", port), BearerToken: token, QPS: 1000, Burst: 1000, WarningHandler: rest.NoWarnings{},
		TLSClientConfig: rest.TLSClientConfig{Insecure: true}}
	return server.ready(p.ctx, probe(p.Config.Host+"/readyz"))
}

// token lets the suite and the controllers in. The API server listens on loopback only.
const token = "e2e"

// StartControllers starts both controllers of Flux.
func (p *Plane) StartControllers(set binaries.Set, o Options) error {
	ports, err := freePorts(5)
	if err != nil {
		return err
	}
	kubeconfig, err := writeKubeconfig(p.Dir, p.Config)
	if err != nil {
		return err
	}
	env := []string{"KUBECONFIG=" + kubeconfig, "RUNTIME_NAMESPACE=flux-system", "TMPDIR=" + p.Dir, "HOME=" + p.Dir}
	storage := filepath.Join(p.Dir, "storage")
	if err := os.MkdirAll(storage, 0o755); err != nil {
		return err
	}
	source, err := p.run("source-controller", set.SourceController, env, "--events-addr=", "--storage-path="+storage,
		"--storage-addr="+address(ports[0]), "--storage-adv-addr="+address(ports[0]),
		"--metrics-addr="+address(ports[1]), "--health-addr="+address(ports[2]), "--concurrent=8")
	if err != nil {
		return err
	}
	kustomize, err := p.run("kustomize-controller", set.KustomizeController, env, "--events-addr=",
		"--requeue-dependency="+o.Requeue.String(), fmt.Sprintf("--concurrent=%d", o.Concurrent),
		"--metrics-addr="+address(ports[3]), "--health-addr="+address(ports[4]))
	if err != nil {
		return err
	}
	if err := source.ready(p.ctx, probe(local("http", ports[2])+"/readyz")); err != nil {
		return err
	}
	return kustomize.ready(p.ctx, probe(local("http", ports[4])+"/readyz"))
}

func address(port int) string              { return fmt.Sprintf("127.0.0.1:%d", port) }
func local(scheme string, port int) string { return scheme + "://" + address(port) }

// probe asks for a page that answers 200 when a program is ready.
func probe(url string) func(context.Context) error {
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}}
	return func(ctx context.Context) error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answers %s", url, response.Status)
		}
		return nil
	}
}

// freePorts asks the kernel for ports that nobody listens on. They are all held until
// the last is known, so that they differ.
func freePorts(n int) ([]int, error) {
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
