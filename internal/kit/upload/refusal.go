package upload

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// statusChecksum is tus's own status for content that is not what its
// checksum says.
const statusChecksum = 460

// refusal is a fault for which the protocol prescribes a status.
type refusal struct {
	status int
	why    *fault.Error
}

// Error returns the English text, for logs.
func (r *refusal) Error() string { return r.why.Error() }

// Unwrap makes the fault known to whoever asks for its kind.
func (r *refusal) Unwrap() error { return r.why }

func refuse(status int, kind fault.Kind, text i18n.Text, args ...any) *refusal {
	return &refusal{status, fault.New(kind, text, args...)}
}

func (r *refusal) fix(text i18n.Text) *refusal {
	r.why = r.why.WithFix(text)
	return r
}

// The refusals of more than one function.

func errUnknown() error {
	return fault.New(fault.NotFound, i18n.T("没有这次上传，或已过期", "this upload does not exist or has expired")).
		WithFix(i18n.T("请重新上传文件", "please upload the file again"))
}

func errUnfinished() error {
	return fault.New(fault.Conflict, i18n.T("文件还没有传完", "the file has not arrived completely")).
		WithFix(i18n.T("请等上传完成，或继续上传", "wait until the upload has finished, or resume it"))
}

// errUsed names the file, for a form may carry several.
func errUsed(name string) error {
	text := i18n.T("文件“%s”已用于另一次提交", `the file "%s" was already handed in with something else`).With(name)
	if name == "" {
		text = i18n.T("有一个文件已用于另一次提交", "a file was already handed in with something else")
	}
	return fault.New(fault.Conflict, text).WithFix(i18n.T("请重新上传这个文件", "please upload that file again"))
}

func errMalformed(header string) error {
	return refuse(http.StatusBadRequest, fault.Invalid, i18n.T("请求头 %s 缺失或有误", "the header %s is missing or wrong"), header)
}

func errOffset() error {
	return refuse(http.StatusConflict, fault.Conflict, i18n.T("续传位置不对", "the upload does not continue where it ended")).
		fix(i18n.T("请先查询已收到的长度，再从那里继续", "ask for the offset first and go on from there"))
}

func errLocked() error {
	return refuse(http.StatusLocked, fault.Conflict, i18n.T("同一个文件正在另一个连接中上传", "this file is being uploaded over another connection")).
		fix(i18n.T("请稍后继续", "please go on in a moment"))
}

func errTooMuch() error {
	return fault.New(fault.TooLarge, i18n.T("内容比预告的长", "there is more content than was announced"))
}

// answer writes a refusal as a problem (RFC 9457), in the language of the
// request.
func answer(w http.ResponseWriter, r *http.Request, err error) {
	p := httpapi.ProblemOf(r.Context(), err)
	if ref, ok := errors.AsType[*refusal](err); ok {
		p.Status = ref.status
	}
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		// The sender is gone when this fails; there is nobody to tell.
		_ = json.NewEncoder(w).Encode(p)
	}
}
