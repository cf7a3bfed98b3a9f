package httpapi

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"syscall"

	"github.com/danielgtaylor/huma/v2"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Problem is the body of every refusal: RFC 9457 with the complaints about
// single fields, in the language of the request.
type Problem struct {
	Title  string          `json:"title" doc:"What went wrong, for the person."`
	Status int             `json:"status"`
	Detail string          `json:"detail,omitempty" doc:"What to do about it."`
	Errors []ProblemDetail `json:"errors,omitempty" doc:"Complaints about single fields."`
	Hint   any             `json:"hint,omitempty" doc:"A machine-readable answer that goes with the refusal."`
	retry  string
}

// ProblemDetail is one complaint about one field.
type ProblemDetail struct {
	Location string `json:"location" example:"body.reason" doc:"Where the field is."`
	Message  string `json:"message"`
}

// Error makes a Problem an error.
func (p *Problem) Error() string { return p.Title }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType names the media type of problems.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders tells how long to wait, where that is known.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retry != "" {
		h.Set("Retry-After", p.retry)
	}
	return h
}

var statuses = [...]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Gone:            http.StatusGone,
}

// Status returns the HTTP status of a kind.
func Status(k fault.Kind) int { return statuses[k] }

// ProblemOf renders err for the person of ctx. An error that is no fault is
// logged under a number, and the person sees the number.
func ProblemOf(ctx context.Context, err error) *Problem {
	e, ok := errors.AsType[*fault.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return &Problem{Title: "cancelled", Status: http.StatusServiceUnavailable}
	case errors.Is(err, syscall.ENOSPC):
		slog.ErrorContext(ctx, "no space left", "err", err)
		e = noSpace()
	case !ok || e.Kind == fault.Internal:
		return internal(ctx, err)
	}
	lang := i18n.From(ctx)
	p := &Problem{Title: e.Text.In(lang), Status: statuses[e.Kind], Detail: e.Fix.In(lang), Hint: e.Hint}
	if e.Field != "" {
		p.Errors = append(p.Errors, ProblemDetail{location(e.Field), e.Text.In(lang)})
	}
	for _, d := range e.Fields {
		p.Errors = append(p.Errors, ProblemDetail{location(d.Field), d.Text.In(lang)})
	}
	if e.Retry > 0 {
		p.retry = strconv.Itoa(int(e.Retry.Seconds() + 1))
	}
	return p
}

// noSpace is what people read when nothing more can be stored.
func noSpace() *fault.Error {
	return fault.New(fault.Unavailable, i18n.T("服务器存储空间已满，这次没有保存", "the server has no space left; nothing was saved")).
		WithFix(i18n.T("请先留着所填的内容，并告诉系统管理员", "keep what you wrote and tell the system administrator"))
}

func problemOf(ctx context.Context, err error) error { return ProblemOf(ctx, err) }

// location says where a field of the use case's input is in the request;
// nearly all are in the body.
func location(field string) string { return "body." + field }

func internal(ctx context.Context, err error) *Problem {
	number := db.NewID()
	slog.ErrorContext(ctx, "request failed", "number", number, "err", err)
	return &Problem{
		Title:  i18n.T("系统出了问题，未能完成操作", "something went wrong on our side").Here(ctx),
		Detail: i18n.T("请稍后重试；如仍不行，请把编号 %s 告诉管理员", "please try again; if it persists, tell the administrator the number %s").With(number).Here(ctx),
		Status: http.StatusInternalServerError,
	}
}

func writeProblem(api huma.API, ctx huma.Context, err error) {
	p := ProblemOf(ctx.Context(), err)
	for k, vs := range p.GetHeaders() {
		ctx.SetHeader(k, vs[0])
	}
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	// The person is gone when this fails; there is nobody to tell.
	_ = api.Marshal(ctx.BodyWriter(), "application/json", p)
}

// problemOfStatus renders what huma itself refuses: malformed input.
func problemOfStatus(ctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	if broken, ok := errors.AsType[*fault.Error](errors.Join(errs...)); ok { // what the body's reader said
		return ProblemOf(ctx.Context(), broken)
	}
	lang := i18n.From(ctx.Context())
	p := &Problem{Title: translate(msg).In(lang), Status: status}
	for _, err := range errs {
		d, ok := err.(huma.ErrorDetailer)
		if !ok {
			p.Detail = translate(err.Error()).In(lang)
			continue
		}
		detail := d.ErrorDetail()
		p.Errors = append(p.Errors, ProblemDetail{detail.Location, translate(detail.Message).In(lang)})
	}
	if status >= http.StatusInternalServerError {
		return internal(ctx.Context(), errors.Join(append(errs, errors.New(msg))...))
	}
	return p
}

// WriteProblem answers with p outside of the API's own handlers.
func WriteProblem(w http.ResponseWriter, p *Problem) {
	for k, vs := range p.GetHeaders() {
		w.Header().Set(k, vs[0])
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	// The person is gone when this fails; there is nobody to tell.
	_ = marshal(w, p)
}
