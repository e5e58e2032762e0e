package admission

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/validate/content"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
)

// Server is an API server that is asked, and in which nothing is stored.
type Server struct{ client rest.Interface }

// NewServer returns the one that a configuration reaches.
func NewServer(config *rest.Config) (*Server, error) {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	return &Server{client: client.RESTClient()}, nil
}

const path = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/default/kustomizations"

// Create asks whether an object could be created; the fields are looked at strictly.
func (s *Server) Create(ctx context.Context, c *Case) error {
	data, err := c.body()
	if err != nil {
		return err
	}
	err = s.client.Post().AbsPath(path).Param("dryRun", "All").Param("fieldValidation", "Strict").
		SetHeader("Content-Type", "application/json").Body(data).Do(ctx).Error()
	return c.answer(err)
}

// Apply asks whether it could be applied on the server's side, as Flux does.
// Without a name that an address can hold there is no such request, and the case
// stays as it is.
func (s *Server) Apply(ctx context.Context, c *Case) error {
	data, err := c.body()
	if err != nil {
		return err
	}
	metadata, _ := c.Object["metadata"].(map[string]any)
	name, _ := metadata["name"].(string)
	if name == "" || len(content.IsPathSegmentName(name)) > 0 {
		return nil
	}
	err = s.client.Patch(types.ApplyPatchType).AbsPath(path).Name(name).Param("dryRun", "All").
		Param("fieldManager", "kustomize-controller").Param("force", "true").Body(data).Do(ctx).Error()
	return c.answer(err)
}

// body is the object without a status, which Flux leaves out.
func (c *Case) body() ([]byte, error) {
	object := maps.Clone(c.Object)
	delete(object, "status")
	return json.Marshal(object)
}

// answer takes in what the API server said. Errors that are not about the object are
// returned.
func (c *Case) answer(err error) error {
	c.Admitted, c.Causes = err == nil, nil
	status := apierrors.APIStatus(nil)
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &status):
		return fmt.Errorf("%s: %w", c.Case, err)
	case status.Status().Code >= 500 && !apierrors.IsInternalError(err):
		return fmt.Errorf("%s: %w", c.Case, err)
	}
	if d := status.Status().Details; d != nil && apierrors.IsInvalid(err) {
		for _, cause := range d.Causes {
			c.Causes = append(c.Causes, cause.Field+": "+string(cause.Type))
		}
	}
	c.Causes = append(c.Causes, strict.FindAllString(err.Error(), -1)...)
	slices.Sort(c.Causes)
	c.Causes = slices.Compact(c.Causes)
	if len(c.Causes) == 0 {
		c.Causes = nil
	}
	return nil
}

// strict is what strict decoding says of a field.
var strict = regexp.MustCompile(`unknown field "(?:[^"\\]|\\.)*"`)

// Short is the case in one line, for a message.
func (c Case) Short() string {
	data, err := json.Marshal(c.Object)
	if err != nil {
		return err.Error()
	}
	s := string(data)
	if len(s) > 400 {
		s = s[:400] + "..."
	}
	return fmt.Sprintf("%s: admitted=%v %s\n\t%s", c.Case, c.Admitted, strings.Join(c.Causes, "; "), s)
}
