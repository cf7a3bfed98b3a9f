package sanction

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Transfer is what was handed to another authority (移送).
type Transfer struct {
	ID          string    `json:"id"`
	Number      string    `json:"number"`
	PenaltyID   string    `json:"penalty_id"`
	SubjectID   string    `json:"subject_id"`
	SubjectKind Kind      `json:"subject_kind"`
	Name        string    `json:"name"`
	Path        string    `json:"-"`
	Region      string    `json:"region"`
	Institution string    `json:"institution"`
	Agency      string    `json:"agency"`
	Matter      string    `json:"matter"`
	Materials   []string  `json:"materials"`
	State       State     `json:"state"`
	SentOn      time.Time `json:"sent_on"`
	ReceiptNo   string    `json:"receipt_no"`
	ReceiptOn   time.Time `json:"receipt_on,omitzero"`
	Result      string    `json:"result"`
	ResultOn    time.Time `json:"result_on,omitzero"`
	ClosedOn    time.Time `json:"closed_on,omitzero"`
	Reason      string    `json:"reason" doc:"Why it was closed without a receipt or result."`
	Source      string    `json:"source"`
	SourceID    string    `json:"source_id"`
	CampaignID  string    `json:"campaign_id"`
	CreatedBy   string    `json:"created_by"`
	CreatedAt   time.Time `json:"created_at"`
}

var transferWord = i18n.T("移送", "transfer")

func (t Transfer) record() record { return record{kindTransfer, t.ID, t.Path, t.State} }

func (t Transfer) timed() timed {
	return timed{t.ID, t.Path, t.Number, "/inspection/transfers/" + t.ID}
}

// Agencies lists to whom something is handed.
func Agencies() []Word[string] {
	names := org.AgencyNames()
	own := []Word[string]{word("procuratorate", "检察机关", "Procuratorate"), word("cyberspace", "网信部门", "Cyberspace administration"), word("tax", "税务部门", "Tax authority"),
		word("health", "其他卫生健康行政部门", "Another health commission"), word("other", "其他部门", "Another authority")}
	list := make([]Word[string], 0, len(own)+len(names))
	for _, k := range []org.AgencyKind{org.Police, org.Discipline, org.Insurance, org.Market} {
		list = append(list, Word[string]{string(k), names[k]})
	}
	return append(list, own...)
}

// Files keeps the receipts of transfers.
type Files interface {
	// Prepare moves uploads to where Attach takes them, before the transaction.
	Prepare(ctx context.Context, uploads []string) error
	Attach(ctx context.Context, tx *db.Tx, transfer string, uploads []string) error
	List(r db.Reader, transfer string) ([]File, error)
	Open(ctx context.Context, transfer, file string, l attach.Look) (httpapi.File, error)
}

// File is a receipt as it is kept.
type File struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Kind   string    `json:"kind"`
	State  string    `json:"state" doc:"pending, ready or failed; only ready files can be opened"`
	Size   int64     `json:"size"`
	SHA256 string    `json:"sha256"`
	At     time.Time `json:"at"`
	Pages  int       `json:"pages" doc:"Of a document whose pages can be looked at."`
}

// NewTransfer is what is to be handed over.
type NewTransfer struct {
	Dated
	Subject   Who      `json:"subject"`
	PenaltyID string   `json:"penalty_id,omitempty" maxLength:"40"`
	Agency    string   `json:"agency" minLength:"1" maxLength:"40"`
	Matter    string   `json:"matter" minLength:"1" maxLength:"5000"`
	Materials []string `json:"materials" minItems:"1" maxItems:"100"`
	Origin
}

func (n NewTransfer) check() error {
	var bad fault.Fields
	bad.Refuse(!listed(Agencies(), n.Agency), "agency", i18n.T("请选择移送部门", "please choose to whom it goes"))
	bad.Refuse(strings.TrimSpace(n.Matter) == "", "matter", i18n.T("请写明移送事项", "please say what it is about"))
	empty := len(n.Materials) == 0
	for _, m := range n.Materials {
		empty = empty || strings.TrimSpace(m) == ""
	}
	bad.Refuse(empty, "materials", i18n.T("请逐项列出移送材料", "please list the materials one by one"))
	return bad.Err()
}

// Send records that something was handed to another authority.
func (s *Service) Send(ctx context.Context, in org.Posted[NewTransfer]) (t Transfer, err error) {
	defer fault.Wrap(&err, "sanction.Send")
	n := in.Body
	if err := n.check(); err != nil {
		return t, err
	}
	number, err := s.nextNumber(ctx, "YS", n.Subject, n.CampaignID)
	if err != nil {
		return t, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := s.subjectOf(ctx, tx, n.Subject)
		if err != nil {
			return err
		}
		t = Transfer{ID: db.NewID(), Number: number, PenaltyID: n.PenaltyID, SubjectID: x.ID, SubjectKind: x.Kind, Name: x.Name, Path: x.Path, Region: x.Region, Institution: x.institution(),
			Agency: n.Agency, Matter: strings.TrimSpace(n.Matter), Materials: n.Materials, Source: n.Source, SourceID: n.SourceID, CampaignID: n.CampaignID, CreatedBy: authz.From(ctx).ID, CreatedAt: s.now()}
		if n.PenaltyID != "" {
			if err := s.sameSubject(ctx, tx.Reader, n.PenaltyID, x.ID); err != nil {
				return err
			}
		}
		if t.SentOn, err = s.dayIn("on", n.On, time.Time{}); err != nil {
			return err
		}
		if t.State, err = s.step(ctx, tx, transfers(), t.record(), "send", ""); err != nil {
			return err
		}
		return fault.First(func() error { return save(tx, transferTable, t.ID, t) }, func() error { return s.start(ctx, tx, t.timed(), ClockReceipt, receiptLimit, t.SentOn) },
			func() error { return s.Audit.Append(ctx, tx, "sanction.transfer", t.ID, "") })
	})
	return t, err
}

// onTransfer has f change a transfer that the actor manages, and stores it.
func (s *Service) onTransfer(ctx context.Context, id string, f func(*db.Tx, Transfer) (Transfer, error)) (t Transfer, err error) {
	defer fault.Wrap(&err, "sanction.onTransfer(%s)", id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if t, err = managed[Transfer](ctx, tx.Reader, transferTable, transferWord, id); err != nil {
			return err
		}
		if t, err = f(tx, t); err != nil {
			return err
		}
		return save(tx, transferTable, t.ID, t)
	})
	return t, err
}

// Receipt is what the other authority gave for a transfer.
type Receipt struct {
	Dated
	ReceiptNo string   `json:"receipt_no" minLength:"1" maxLength:"100"`
	Files     []string `json:"files" maxItems:"10" doc:"Completed uploads: the receipt itself."`
}

// Receive records the receipt of a transfer: number, day and file.
func (s *Service) Receive(ctx context.Context, in org.PostedTo[Receipt]) (Transfer, error) {
	if err := s.mayReceive(ctx, in.ID); err != nil {
		return Transfer{}, err
	}
	if err := s.Files.Prepare(ctx, in.Body.Files); err != nil {
		return Transfer{}, err
	}
	return s.onTransfer(ctx, in.ID, func(tx *db.Tx, t Transfer) (_ Transfer, err error) {
		if t.ReceiptOn, err = s.dayIn("on", in.Body.On, t.SentOn); err != nil {
			return t, err
		}
		if t.ReceiptNo = strings.TrimSpace(in.Body.ReceiptNo); t.ReceiptNo == "" {
			return t, fault.Field("receipt_no", i18n.T("请填写回执编号", "please give the number of the receipt"))
		}
		if t.State, err = s.step(ctx, tx, transfers(), t.record(), "receive", "", holding(len(in.Body.Files) > 0, withFile)...); err != nil {
			return t, err
		}
		return t, fault.First(func() error { return s.Files.Attach(ctx, tx, t.ID, in.Body.Files) }, func() error { return meet(tx, t.ID, t.ReceiptOn) },
			func() error { return s.start(ctx, tx, t.timed(), ClockResult, resultLimit, t.ReceiptOn) })
	})
}

// mayReceive refuses before files are moved, for moving them cannot be undone.
func (s *Service) mayReceive(ctx context.Context, id string) error {
	return s.DB.Read(ctx, func(r db.Reader) error {
		_, err := managed[Transfer](ctx, r, transferTable, transferWord, id)
		return err
	})
}

// Answer is what the other authority did.
type Answer struct {
	Dated
	Result string `json:"result" minLength:"1" maxLength:"5000"`
}

// RecordResult records what became of a transfer.
func (s *Service) RecordResult(ctx context.Context, in org.PostedTo[Answer]) (Transfer, error) {
	return s.onTransfer(ctx, in.ID, func(tx *db.Tx, t Transfer) (_ Transfer, err error) {
		if t.ResultOn, err = s.dayIn("on", in.Body.On, t.ReceiptOn); err != nil {
			return t, err
		}
		if t.Result = strings.TrimSpace(in.Body.Result); t.Result == "" {
			return t, fault.Field("result", i18n.T("请填写办理结果", "please say what became of it"))
		}
		if t.State, err = s.step(ctx, tx, transfers(), t.record(), "answer", ""); err != nil {
			return t, err
		}
		return t, meet(tx, t.ID, t.ResultOn)
	})
}

// Chase records that the other authority was asked again.
func (s *Service) Chase(ctx context.Context, in org.PostedTo[Reasoned]) (Transfer, error) {
	return s.onTransfer(ctx, in.ID, func(tx *db.Tx, t Transfer) (_ Transfer, err error) {
		if err := needReason(in.Body.Reason); err != nil {
			return t, err
		}
		on, err := s.dayIn("on", in.Body.On, t.SentOn)
		if err != nil {
			return t, err
		}
		kind, limit := ClockReceipt, receiptLimit
		if t.State == Received {
			kind, limit = ClockResult, resultLimit
		}
		if t.State, err = s.step(ctx, tx, transfers(), t.record(), "chase", strings.TrimSpace(in.Body.Reason)); err != nil {
			return t, err
		}
		if err := meet(tx, t.ID, on, kind); err != nil {
			return t, err
		}
		return t, s.start(ctx, tx, t.timed(), kind, limit, on)
	})
}

// CloseTransfer ends a transfer: with its receipt and result, or with the reason
// why there is none.
func (s *Service) CloseTransfer(ctx context.Context, in org.PostedTo[Noted]) (Transfer, error) {
	return s.onTransfer(ctx, in.ID, func(tx *db.Tx, t Transfer) (_ Transfer, err error) {
		if t.ClosedOn, err = s.dayIn("on", in.Body.On, latest(t.SentOn, t.ReceiptOn, t.ResultOn)); err != nil {
			return t, err
		}
		t.Reason = strings.TrimSpace(in.Body.Note)
		if t.State, err = s.step(ctx, tx, transfers(), t.record(), "close", t.Reason, holding(t.Reason != "", withCause)...); err != nil {
			return t, err
		}
		return t, meet(tx, t.ID, t.ClosedOn)
	})
}

// OfTransfer names a file of a transfer, and how it is looked at.
type OfTransfer struct {
	ID string `path:"id" maxLength:"40"`
	attach.Wanted
}

// OpenReceipt opens the receipt of a transfer, with the name of who looks across
// it. What is taken away is noted in the audit log.
func (s *Service) OpenReceipt(ctx context.Context, in OfTransfer) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "sanction.OpenReceipt(%s)", in.File)
	var t Transfer
	err = s.DB.Read(ctx, func(r db.Reader) error {
		t, err = readable[Transfer](ctx, r, transferTable, transferWord, in.ID)
		return err
	})
	if err != nil {
		return f, err
	}
	of := attach.Sight{Record: t.ID, Number: t.Number, Took: "sanction.file_download"}
	return attach.Reading{DB: s.DB, Audit: s.Audit, Now: s.Now}.Open(ctx, in.Wanted, of, func(l attach.Look) (httpapi.File, error) {
		return s.Files.Open(ctx, t.ID, in.File, l)
	})
}
