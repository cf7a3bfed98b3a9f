package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
)

// ReceiptFile proves, without us and without the network, that a report was
// accepted, what it said and by when an answer was promised. The sixteen digits
// are not in it: it opens no case.
type ReceiptFile struct {
	Format string `json:"format"`
	Read   string `json:"read_me"`
	Key    string `json:"key"` // of the log
	Report Proven `json:"report"`
	// Salt and Rest open the commitment that is in the log.
	Salt    []byte `json:"salt"`
	Rest    []byte `json:"rest"`
	Promise string `json:"promise"`
	// Proof is empty until the leaf is in the log.
	Proof string `json:"proof"`
}

const (
	receiptFormat = "qingfeng-receipt/v1"
	receiptReadMe = "此文件可证明诉求已被受理、内容未被改动、答复期限何时定下。核验：qingfeng receipt verify 本文件。任何人打开它都能读到您写的内容；它不含回执号，打不开您的诉求。 " +
		"This file proves that the report was accepted, that it is unaltered and when the deadline was set. To check it: qingfeng receipt verify FILE. Whoever opens it reads what you wrote; it holds no receipt number and opens no case."
	// ReceiptFileName says nothing about the case.
	ReceiptFileName = "qingfeng-receipt.json"
	// maxReceiptFile is the largest receipt file that is read, in bytes.
	maxReceiptFile = 1 << 20
)

// ByReceipt names a report by its receipt.
type ByReceipt struct {
	Receipt string `path:"receipt" maxLength:"40" doc:"Sixteen digits; spaces do not matter."`
}

// DownloadReceiptFile answers with the receipt file of a report. Faults as
// ReceiptFile.
func (s *Service) DownloadReceiptFile(ctx context.Context, in ByReceipt) (httpapi.File, error) {
	f, err := s.ReceiptFile(ctx, in.Receipt)
	if err != nil {
		return httpapi.File{}, err
	}
	return f.File(), nil
}

// File is the receipt file as it is saved.
func (f ReceiptFile) File() httpapi.File {
	return httpapi.File{Name: ReceiptFileName, ContentType: "application/json", Write: func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(f)
	}}
}

// ReceiptFile makes the receipt file of a report: with the log's promise at
// once, and with the proof as soon as the leaf is in the log. Fault: NotFound
// for an unknown receipt, or when what was said has been destroyed since; Conflict
// for a report without a leaf; Unavailable where the log lacks what it signed.
func (s *Service) ReceiptFile(ctx context.Context, receipt string) (f ReceiptFile, err error) {
	defer fault.Wrap(&err, "intake.ReceiptFile")
	id, err := s.Resolve(ctx, receipt)
	if err != nil {
		return f, err
	}
	return s.receiptFileOf(ctx, id)
}

// receiptFileOf makes the receipt file of the report with an identifier. Faults:
// Conflict when it has no leaf, NotFound when what was said has been destroyed,
// Unavailable where the log lacks what it signed.
func (s *Service) receiptFileOf(ctx context.Context, id string) (f ReceiptFile, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		rep, err := s.reportByID(r, id)
		if err != nil {
			return err
		}
		leaf, err := tlog.LeafOf(r, reportLeaf, id)
		if err != nil {
			return err
		}
		if leaf == nil {
			return fault.New(fault.Conflict, i18n.T("这件诉求不在公开日志里", "this report is not in the public log")).
				WithFix(i18n.T("请保存好您以前下载的凭证，并告诉上级或监督机关：记录可能被删改", "keep the receipt file that you saved before, and tell a superior authority: records may have been removed"))
		}
		if rep.Gone {
			return fault.New(fault.NotFound, i18n.T("这件诉求的内容已按规定销毁，无法再出具证明", "what was said has been destroyed by rule; it can no longer be proven"))
		}
		f, err = s.receiptFile(r, rep, *leaf)
		return err
	})
	return f, err
}

func (s *Service) receiptFile(r db.Reader, rep Report, leaf tlog.Leaf) (f ReceiptFile, err error) {
	salt, err := s.Log.OpenSalt(r, leaf)
	if err != nil {
		return f, err
	}
	reps := []Report{rep}
	if err := beside(r, reps); err != nil {
		return f, err
	}
	rep = reps[0]
	f = ReceiptFile{Format: receiptFormat, Read: receiptReadMe, Key: s.Log.Key(), Report: rep.proven(), Salt: salt,
		Rest: rep.fact().Digest(salt, leaf.At)}
	if f.Promise, err = s.Log.Promise(leaf); err != nil || leaf.Waits() {
		return f, err
	}
	p, err := tlog.Prove(r, leaf.Idx, tlog.First)
	if fault.Is(err, fault.NotFound) { // whoever reads "not there" would take it for destroyed
		err = fault.New(fault.Unavailable, i18n.T("公开日志目前给不出这件诉求的证明", "the public log cannot prove this report at present")).
			WithFix(i18n.T("请保存好您以前下载的凭证，稍后再试", "keep the receipt file that you saved before, and try again later"))
	}
	f.Proof = p.String()
	return f, err
}

// saidBy reports whether JSON text says what the file says, by the same names in
// the same order, each once. encoding/json takes any spelling of a name, and the
// last where there are several: a person would read another report than the one
// that is proven.
func (f ReceiptFile) saidBy(text []byte) bool {
	again, err := json.Marshal(f)
	return err == nil && slices.Equal(tokens(text), tokens(again))
}

func tokens(text []byte) (all []json.Token) {
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		t, err := d.Token()
		if err != nil {
			return all // the end
		}
		all = append(all, t)
	}
}

// ReadReceiptFile reads a receipt file. Fault: Invalid, TooLarge.
func ReadReceiptFile(r io.Reader) (f ReceiptFile, err error) {
	text, err := io.ReadAll(io.LimitReader(r, maxReceiptFile+1))
	if err != nil {
		return f, err
	}
	if len(text) > maxReceiptFile {
		return f, fault.New(fault.TooLarge, i18n.T("文件太大，不是回执凭证", "the file is too large to be a receipt file"))
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if dec.Decode(&f) != nil || dec.Decode(&struct{}{}) != io.EOF || f.Format != receiptFormat || len(f.Salt) != tlog.SaltLength || len(f.Rest) != sha256.Size || !f.saidBy(text) {
		return f, fault.New(fault.Invalid, i18n.T("这不是回执凭证文件，或已残缺", "this is not a receipt file, or it is damaged")).
			WithFix(i18n.T("请使用从回执页保存的 %s", "use %s as it was saved from the receipt page").With(ReceiptFileName))
	}
	return f, nil
}
