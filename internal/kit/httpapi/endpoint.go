package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Endpoint is one route of the API.
type Endpoint struct {
	Method, Path string
	// Needs is the permission; empty only for public endpoints and those of
	// any signed-in person.
	Needs   authz.Permission
	Access  Access
	Summary string
	mount   func(huma.API, huma.Operation)
}

// Access says who may call before any permission is asked for.
type Access uint8

// The kinds of access.
const (
	Permitted Access = iota // who holds the permission
	SignedIn                // every signed-in person, about their own things
	Entering                // also a person who has to do something about the account first
	Open                    // everybody
)

// Option changes how an endpoint is served.
type Option func(*huma.Operation)

// Created makes the endpoint answer 201.
func Created(op *huma.Operation) { op.DefaultStatus = http.StatusCreated }

// MaxBody sets the largest accepted body in bytes; the default is 1 MiB.
func MaxBody(n int64) Option { return func(op *huma.Operation) { op.MaxBodyBytes = n } }

// Cached lets everybody keep the answer for a while: for what is public and about
// nobody in particular. A refusal is kept as long.
func Cached(age time.Duration) Option {
	return func(op *huma.Operation) {
		op.Middlewares = append(op.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
			ctx.SetHeader("Cache-Control", "public, max-age="+strconv.Itoa(int(age.Seconds())))
			next(ctx)
		})
	}
}

type validator interface{ Validate() error }

type output[T any] struct {
	Body T
}

// Do makes an endpoint of a use case. The pattern is "METHOD /path".
func Do[In, Out any](pattern, summary string, needs authz.Permission, f func(context.Context, In) (Out, error), opts ...Option) Endpoint {
	return endpoint(pattern, summary, Permitted, needs, f, opts)
}

// Own makes an endpoint that every signed-in person may call.
func Own[In, Out any](pattern, summary string, f func(context.Context, In) (Out, error), opts ...Option) Endpoint {
	return endpoint(pattern, summary, SignedIn, "", f, opts)
}

// Enter makes an endpoint of signing in: every signed-in person may call it,
// also one who is held until the account is in order (authz.Actor.Held).
func Enter[In, Out any](pattern, summary string, f func(context.Context, In) (Out, error), opts ...Option) Endpoint {
	return endpoint(pattern, summary, Entering, "", f, opts)
}

// Public makes an endpoint that everybody may call.
func Public[In, Out any](pattern, summary string, f func(context.Context, In) (Out, error), opts ...Option) Endpoint {
	return endpoint(pattern, summary, Open, "", f, opts)
}

func endpoint[In, Out any](pattern, summary string, access Access, needs authz.Permission, f func(context.Context, In) (Out, error), opts []Option) Endpoint {
	e := named(pattern, summary, access, needs)
	e.mount = func(api huma.API, op huma.Operation) {
		for _, o := range opts {
			o(&op)
		}
		huma.Register(api, op, func(ctx context.Context, in *In) (*output[Out], error) {
			out, err := call(ctx, in, f)
			if err != nil {
				return nil, problemOf(ctx, err)
			}
			return &output[Out]{out}, nil
		})
	}
	return e
}

// Nothing is the result of a use case that has nothing to say.
type Nothing struct{}

func named(pattern, summary string, access Access, needs authz.Permission) Endpoint {
	method, path, ok := strings.Cut(pattern, " ")
	if !ok || !strings.HasPrefix(path, "/") {
		panic("httpapi: bad pattern " + pattern)
	}
	return Endpoint{Method: method, Path: path, Needs: needs, Access: access, Summary: summary}
}

func call[In, Out any](ctx context.Context, in *In, f func(context.Context, In) (Out, error)) (out Out, err error) {
	if v, ok := any(in).(validator); ok {
		if err := v.Validate(); err != nil {
			return out, err
		}
	}
	return f(ctx, *in)
}

// admit refuses who may not call e, before anything of the request is read.
func admit(ctx context.Context, e Endpoint) error {
	actor := authz.From(ctx)
	switch {
	case e.Access == Open:
		return nil
	case !actor.Known():
		return fault.New(fault.Unauthenticated, i18n.T("请先登录", "please sign in")).
			WithFix(i18n.T("登录已过期时请重新登录，已填写的内容会保留", "if your session ended, sign in again; what you typed is kept"))
	case actor.Held && e.Access != Entering:
		return fault.New(fault.Forbidden, i18n.T("账号还有必须先完成的设置", "your account has to be put in order first")).
			WithFix(i18n.T("请先设置自己的密码或绑定第二重验证", "choose a password of your own, or set up the second step of signing in"))
	case e.Access == Permitted && !actor.Can(e.Needs):
		return fault.New(fault.Forbidden, i18n.T("您没有此项权限（%s）", "you do not have this permission (%s)"), string(e.Needs)).
			WithFix(i18n.T("如工作需要，请联系本单位的安全管理员", "if your work needs it, ask the security administrator of your unit"))
	}
	return nil
}
