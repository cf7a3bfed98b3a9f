package casework_test

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tooltest"
	"qingfeng/internal/mod/casework"
)

// The file of a case holds what lies in it, in the order of the archive, with
// the name of who made the copy across it.
func TestArchiveFile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, _ := w.aLife()
		clerk := w.as("王敏", districtBody, districtPath+districtBody+"/", districtPath, casework.Export)
		text, at := w.printed(clerk, id), 0
		for _, heading := range []string{"卷内目录", "反映内容", "办理过程", "往来留言", "核查记录", "认定与措施", "审批与督办", "答复与反馈", "附件清单"} {
			next := strings.Index(text[at:], heading)
			if next < 0 {
				t.Fatalf("%s is missing, or out of order", heading)
			}
			at += next
		}
		for _, word := range []string{w.read(id).Number, "王敏", "在骨科门诊等了三个小时", "号源安排不合理", "已增设午间号源", "photo.jpg", strings.Repeat("ab", 10)} {
			if !strings.Contains(text, word) {
				t.Errorf("%s is missing", word)
			}
		}
	})
}

// printed is the text of the file of a case.
func (w *world) printed(ctx context.Context, id string) string {
	w.t.Helper()
	file, err := w.Archive(ctx, casework.ByID{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	var pdf bytes.Buffer
	if err := file.Write(&pdf); err != nil {
		w.t.Fatal(err)
	}
	tooltest.Need(w.t, "pdftotext")
	run := exec.CommandContext(w.t.Context(), "pdftotext", "-raw", "-", "-")
	run.Stdin = &pdf
	out, err := run.Output()
	if err != nil {
		w.t.Fatal(err)
	}
	return string(out)
}

// Who may read a case but not export, and who may export elsewhere, gets no copy.
func TestArchiveIsForWhoMayExport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, clue := w.routed("B"), w.routed("F")
		_, err := w.Archive(w.dispatcher(), casework.ByID{ID: id})
		want(t, err, fault.NotFound)
		_, err = w.Archive(w.as("x", "hospital-2", otherPath, otherPath, casework.Export), casework.ByID{ID: id})
		want(t, err, fault.NotFound)
		_, err = w.Archive(w.as("x", districtBody, districtPath+districtBody+"/", districtPath, casework.Export), casework.ByID{ID: clue})
		want(t, err, fault.NotFound)
	})
}
