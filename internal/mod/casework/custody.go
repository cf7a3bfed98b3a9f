package casework

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Custody is what became of a file, from its receipt on. It is no record of its
// own: it is read from the file, the audit log and the history of the case.
type Custody struct {
	File       File          `json:"file"`
	Steps      []CustodyStep `json:"steps"`
	MayRelease bool          `json:"may_release" doc:"The actor may have the original."`
}

// CustodyStep is one thing that was done with a file.
type CustodyStep struct {
	At        time.Time `json:"at"`
	What      string    `json:"what" enum:"received,sealed,copied,failed,retried,masked,opened,downloaded,released"`
	Actor     string    `json:"actor" doc:"Staff identifier, reporter or system."`
	ActorName string    `json:"actor_name"`
	Reason    string    `json:"reason"`
}

// custodyActions is what the audit log calls the steps of a file. Those that begin with "file" are
// written by who makes the copies.
func custodyActions() map[string]string {
	return map[string]string{"file.copied": "copied", "file.failed": "failed", "file.retried": "retried", openedFile: "opened", tookFile: "downloaded"}
}

// custodyNames is what people call the steps.
func custodyNames() map[string]i18n.Text {
	return map[string]i18n.Text{
		"received": i18n.T("收到", "Received"), "sealed": i18n.T("加密封存原件", "Original sealed"), "copied": i18n.T("生成脱敏副本", "Sanitised copy made"),
		"failed": i18n.T("副本生成失败", "No copy could be made"), "retried": i18n.T("要求重新生成", "Tried again"), "masked": i18n.T("决定变声", "Voices to be changed"),
		"opened": i18n.T("查看", "Opened"), "downloaded": i18n.T("下载", "Downloaded"), "released": i18n.T("调取原件", "Original released"),
	}
}

// CustodyOf returns what became of a file.
func (s *Service) CustodyOf(ctx context.Context, in OfFile) (out Custody, err error) {
	defer fault.Wrap(&err, "casework.CustodyOf(%s)", in.File)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		said, err := s.Content.Content(ctx, r, c)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(said.Files, func(f File) bool { return f.ID == in.File })
		if i < 0 {
			return fault.Missing(i18n.T("附件", "file"))
		}
		es, err := events(r, c.ID)
		if err != nil {
			return err
		}
		if _, err := s.reveal(r, c, sayings(es)...); err != nil {
			return err
		}
		steps, err := chains(r, c.ID, said.Files[i:i+1], es)
		out = Custody{File: said.Files[i], Steps: steps[in.File], MayRelease: mayRelease(ctx, c) == nil}
		return err
	})
	return out, err
}

// chains returns what became of files of a case, by file.
func chains(r db.Reader, id string, files []File, es []Event) (map[string][]CustodyStep, error) {
	called := custodyActions()
	noted, err := audit.About(r, id, time.Time{}, slices.Sorted(maps.Keys(called))...)
	if err != nil {
		return nil, err
	}
	steps := map[string][]CustodyStep{}
	for _, f := range files {
		giver := f.By
		if f.From == "reporter" {
			giver = "reporter"
		}
		steps[f.ID] = []CustodyStep{{At: f.At, What: "received", Actor: giver}, {At: f.At, What: "sealed", Actor: "system"}}
	}
	for _, e := range noted {
		if file, _ := e.Detail[fileDetail].(string); steps[file] != nil {
			steps[file] = append(steps[file], CustodyStep{At: e.At, What: called[e.Action], Actor: e.Actor})
		}
	}
	for _, e := range es {
		for _, f := range files {
			switch {
			case e.Action == string(doRelease) && detailText(e.Detail, fileDetail) == f.ID:
				steps[f.ID] = append(steps[f.ID], CustodyStep{At: e.At, What: "released", Actor: e.Actor, Reason: e.Reason})
			case e.Action == string(doMask) && f.Masked && !e.At.Before(f.At):
				steps[f.ID] = append(steps[f.ID], CustodyStep{At: e.At, What: "masked", Actor: e.Actor, Reason: e.Reason})
			}
		}
	}
	return steps, nameSteps(r, steps)
}

// nameSteps puts the steps in order and names beside the identifiers.
func nameSteps(r db.Reader, steps map[string][]CustodyStep) error {
	people := map[string]bool{}
	for _, list := range steps {
		for _, x := range list {
			people[x.Actor] = true
		}
	}
	names, err := org.StaffNames(r, keys(people))
	for _, list := range steps {
		for i := range list {
			list[i].ActorName = names[list[i].Actor]
		}
		slices.SortStableFunc(list, func(a, b CustodyStep) int { return a.At.Compare(b.At) })
	}
	return err
}

// ReleaseInput asks for the original of a file.
type ReleaseInput struct {
	OfFile
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"2000"`
	}
}

// ReleaseOriginal hands the original of a file to the discipline line, as a
// package that holds it unaltered and a statement of what it is: it opens nothing
// by itself. That it was handed out, to whom and why is in the history of the
// case before the first byte leaves.
func (s *Service) ReleaseOriginal(ctx context.Context, in ReleaseInput) (out httpapi.File, err error) {
	defer fault.Wrap(&err, "casework.ReleaseOriginal(%s)", in.File)
	reason := strings.TrimSpace(in.Body.Reason)
	if err := needReason(reason); err != nil {
		return out, err
	}
	p := parcel{reason: reason, by: authz.From(ctx).Name, at: s.Now(), file: File{ID: in.File}}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		return fault.First(func() error { return mayRelease(ctx, c) }, func() error { return p.find(ctx, s, r, c) })
	})
	if err != nil {
		return out, err
	}
	if p.content, err = s.Files.Original(ctx, in.ID, in.File); err != nil {
		return out, err
	}
	_, err = s.onCase(ctx, in.ID, "ReleaseOriginal", func(tx *db.Tx, c Case) (Case, error) {
		if err := mayRelease(ctx, c); err != nil { // it may have moved since
			return c, err
		}
		return c, s.happened(ctx, tx, c, Event{Action: string(doRelease), Reason: reason, Detail: map[string]any{fileDetail: in.File, "sha256": p.file.SHA256}})
	})
	if err != nil {
		return out, errors.Join(err, p.content.Close())
	}
	name := p.number + " " + i18n.T("原件", "original").Here(ctx) + " " + p.file.SHA256[:min(16, len(p.file.SHA256))] + ".zip"
	return httpapi.File{Name: name, ContentType: "application/zip", Write: p.write}, nil
}

// parcel is an original on its way out.
type parcel struct {
	number, reason, by string
	at                 time.Time
	file               File
	content            io.ReadSeekCloser
}

func (p *parcel) find(ctx context.Context, s *Service, r db.Reader, c Case) error {
	said, err := s.Content.Content(ctx, r, c)
	if err != nil {
		return err
	}
	p.number = c.Number
	for _, f := range said.Files {
		if f.ID == p.file.ID {
			p.file = f
			return nil
		}
	}
	return fault.Missing(i18n.T("附件", "file"))
}

// write packs the original as it is, and what is known of it.
func (p *parcel) write(w io.Writer) (err error) {
	defer func() { err = errors.Join(err, p.content.Close()) }()
	z := zip.NewWriter(w)
	for _, part := range []struct {
		name string
		from io.Reader
	}{{"说明 statement.txt", strings.NewReader(p.statement())}, {"original" + path.Ext(p.file.Name), p.content}} {
		to, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store, Modified: p.at})
		if err == nil {
			_, err = io.Copy(to, part.from)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

func (p *parcel) statement() string {
	return fmt.Sprintf("诉求 Case: %s\r\n文件 File: %s\r\n字节 Bytes: %d\r\nSHA-256: %s\r\n收到 Received: %s\r\n调取 Released: %s  %s\r\n理由 Reason: %s\r\n\r\n%s\r\n%s\r\n",
		p.number, p.file.Name, p.file.Size, p.file.SHA256, moment(p.file.At), moment(p.at), p.by, p.reason,
		"原件未经任何处理，可能含有拍摄地点、作者姓名、宏或病毒：请只在隔离的计算机上打开，并先核对 SHA-256。",
		"The original is as it came and may tell where it was made and by whom, or hold macros or viruses: open it on a computer apart, and compare the SHA-256 first.")
}
