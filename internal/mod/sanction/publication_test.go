package sanction

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"

	"qingfeng/internal/org"
)

// proposal is one of a penalty that is in order.
func proposal(record string, change ...func(*Proposal)) Proposal {
	p := Proposal{Kind: OfPenalty, Record: record, Title: "行政处罚决定", Text: "因重复收费被处以罚款。", Gravity: "minor", Months: 12}
	for _, c := range change {
		c(&p)
	}
	return p
}

func (w *world) propose(record string, change ...func(*Proposal)) Publication {
	w.t.Helper()
	return must2(w.Propose(w.officer(), body(proposal(record, change...))))(w.t)
}

func (w *world) published(record string, change ...func(*Proposal)) Publication {
	w.t.Helper()
	return must2(w.Approve(w.director(), org.ByID{ID: w.propose(record, change...).ID}))(w.t)
}

// public is what everybody reads in the list.
func (w *world) public() string {
	w.t.Helper()
	page := must2(w.PublicSanctions(w.t.Context(), PublicList{Region: "990101"}))(w.t)
	var out []string
	for _, p := range page.Items {
		out = append(out, p.Kind+" "+p.Name)
	}
	return strings.Join(out, ", ")
}

func TestNothingIsPublicBeforeSomebodyElseApproves(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.served([]NewMeasure{fine(1_000)})
		pub := w.propose(p.ID)
		if got := w.public(); got != "" {
			t.Errorf("a proposal is public: %s", got)
		}
		_, err := w.PublicSanction(t.Context(), org.ByID{ID: pub.ID})
		refused(t, err, fault.NotFound, "")
		_, err = w.Approve(w.officer(), org.ByID{ID: pub.ID})
		refused(t, err, fault.Forbidden, "")
		_, err = w.Approve(w.as("officer", district, Manage, Publish), org.ByID{ID: pub.ID})
		refused(t, err, fault.Conflict, "")
		_, err = w.Propose(w.officer(), body(proposal(p.ID)))
		refused(t, err, fault.Conflict, "")
		must2(w.Approve(w.director(), org.ByID{ID: pub.ID}))(t)
		if can := must2(w.PublicationOne(w.director(), org.ByID{ID: pub.ID}))(t).Actions; len(can) != 1 || can[0].Name != "withdraw" {
			t.Errorf("what is public can be %v", can)
		}
		if got := w.public(); got != "penalty 临江区第一医院" {
			t.Errorf("public is %s", got)
		}
		one := must2(w.PublicSanction(t.Context(), org.ByID{ID: pub.ID}))(t)
		if one.Text != pub.Text || one.UntilOn != "2027-06-09" || one.RegionName == "" || one.WithdrawnOn != "" {
			t.Errorf("it says %+v", one)
		}
		_, err = w.Approve(w.director(), org.ByID{ID: pub.ID})
		refused(t, err, fault.Conflict, "")
		if d := must2(w.Penalty(w.officer(), org.ByID{ID: p.ID}))(t); slices.ContainsFunc(d.Clocks, func(k Clock) bool { return k.Kind == ClockPublish && k.MetOn.IsZero() }) {
			t.Error("the limit for publishing runs on")
		}
		w.judge()
	})
}

// Whoever is punished hears of it before the public does.
func TestNothingIsPublicBeforeItWasServed(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.decided([]NewMeasure{fine(1_000), {Kind: "close", Months: 3, Note: "张清源分管"}, {Kind: Warning}})
		_, err := w.Propose(w.officer(), body(proposal(p.ID)))
		refused(t, err, fault.Conflict, "")
		if !strings.Contains(err.Error(), "served") {
			t.Errorf("what is lacking is not said: %v", err)
		}
		must2(w.Serve(w.officer(), to(p.ID, Noted{})))(t)
		pub := w.published(p.ID)
		one := must2(w.PublicSanction(t.Context(), org.ByID{ID: pub.ID}))(t)
		var said []string
		for _, m := range one.Measures {
			said = append(said, m.ZH)
		}
		if got := strings.Join(said, "；"); got != "罚款 1000.00 元；责令停业 3 个月；警告" || one.ServedOn != "2026-06-10" {
			t.Errorf("it says %s, served on %s", got, one.ServedOn)
		}
		w.judge()
	})
}

func TestProposalsThatTellTooMuchAreRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.served([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject = doctor })
		for field, change := range map[string]func(*Proposal){
			"title": func(p *Proposal) { p.Title = " " }, "months": func(p *Proposal) { p.Months = 13 }, "gravity": func(p *Proposal) { p.Gravity = "none" },
		} {
			_, err := w.Propose(w.officer(), body(proposal(p.ID, change)))
			refused(t, err, fault.Invalid, field)
		}
		for _, text := range []string{" ", "医师张清源被警告", "医师张 清源被警告", "证书110370200012345", "证书110370 200012345", "身份证370202199001011234", "身份证37020219900101123X", "电话13800001234。"} {
			_, err := w.Propose(w.officer(), body(proposal(p.ID, func(p *Proposal) { p.Text = text })))
			refused(t, err, fault.Invalid, "text")
		}
		pub := w.published(p.ID, func(p *Proposal) {
			p.Text = "医师张某被警告，金额12345678901234567890元。"
			p.Text = "医师张某被警告。"
		})
		if got := w.public(); got != "penalty 张某" {
			t.Errorf("public is %s", got)
		}
		_, err := w.Withdraw(w.director(), to(pub.ID, Reasoned{Reason: "张清源申诉成功"}))
		refused(t, err, fault.Invalid, "reason")
		w.judge()
	})
}

func TestWithdrawnLeavesATombstone(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.holders("director")
		p := w.served([]NewMeasure{fine(1_000)})
		pub := w.published(p.ID)
		waiting := w.served([]NewMeasure{fine(1_000)})
		pending := w.propose(waiting.ID)
		for _, id := range []string{p.ID, waiting.ID} {
			must2(w.Annul(w.officer(), to(id, Reasoned{Reason: "复议撤销"})))(t)
		}
		_, err := w.Approve(w.director(), org.ByID{ID: pending.ID})
		refused(t, err, fault.Conflict, "")
		d := must2(w.PublicationOne(w.officer(), org.ByID{ID: pub.ID}))(t)
		if len(d.Clocks) != 1 || d.Clocks[0].Kind != ClockWithdraw || d.Clocks[0].TimeLimit != "3wd" || !d.Clocks[0].DueAt.Equal(on(t, "2026-06-16")) {
			t.Errorf("clocks %+v", d.Clocks)
		}
		_, err = w.Withdraw(w.director(), to(pub.ID, Reasoned{Reason: " "}))
		refused(t, err, fault.Invalid, "reason")
		must2(w.Withdraw(w.director(), to(pub.ID, Reasoned{Reason: "处罚决定已被撤销"})))(t)
		if got := w.public(); got != "" {
			t.Errorf("public is %s", got)
		}
		one := must2(w.PublicSanction(t.Context(), org.ByID{ID: pub.ID}))(t)
		if one.WithdrawnOn != "2026-06-10" || one.Reason == "" || one.Name+one.Title+one.Text+one.Number+one.Region != "" {
			t.Errorf("the tombstone says %+v", one)
		}
		_, err = w.Propose(w.officer(), body(proposal(p.ID)))
		refused(t, err, fault.Conflict, "")
		_, err = w.Refuse(w.director(), to(pending.ID, Reasoned{}))
		refused(t, err, fault.Invalid, "reason")
		must2(w.Refuse(w.director(), to(pending.ID, Reasoned{Reason: "决定已撤销"})))(t)
		w.judge()
	})
}

// A changed decision is proposed anew; until then the approval of what was said
// before is refused.
func TestCorrectionReplacesWhatItCorrects(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.served([]NewMeasure{fine(1_000)})
		old := w.published(p.ID)
		must2(w.Alter(w.officer(), to(p.ID, Change{Reasoned: Reasoned{Reason: "复议变更"}, DecisionNo: "新1号", Measures: []NewMeasure{fine(800)}})))(t)
		corrects := func(x *Proposal) { x.Replaces = old.ID }
		_, err := w.Propose(w.officer(), body(proposal(p.ID, corrects)))
		refused(t, err, fault.Conflict, "") // the new one is not served yet
		must2(w.Serve(w.officer(), to(p.ID, Noted{})))(t)
		_, err = w.Propose(w.officer(), body(proposal(p.ID)))
		refused(t, err, fault.Conflict, "")
		fresh := w.propose(p.ID, corrects)
		if got := w.public(); got != "penalty 临江区第一医院" {
			t.Errorf("public is %s", got)
		}
		must2(w.Approve(w.director(), org.ByID{ID: fresh.ID}))(t)
		if one := must2(w.PublicSanction(t.Context(), org.ByID{ID: old.ID}))(t); one.WithdrawnOn == "" {
			t.Errorf("the old one says %+v", one)
		}
		if one := must2(w.PublicSanction(t.Context(), org.ByID{ID: fresh.ID}))(t); one.Number != "新1号" {
			t.Errorf("the new one says %+v", one)
		}
		d := must2(w.PublicationOne(w.officer(), org.ByID{ID: old.ID}))(t)
		if d.Clocks[0].MetOn.IsZero() || d.State != Withdrawn {
			t.Errorf("the old one is %+v", d)
		}
		w.judge()
	})
}

func TestBlacklistEndsByItselfAndByRemoval(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		entry := func(change ...func(*NewBlack)) (Black, error) {
			n := NewBlack{Subject: theHospital, Gravity: "grave", Months: 6, Reason: "严重失信"}
			for _, c := range change {
				c(&n)
			}
			return w.Blacklist(w.officer(), body(n))
		}
		for field, change := range map[string]func(*NewBlack){
			"reason": func(n *NewBlack) { n.Reason = " " }, "months": func(n *NewBlack) { n.Months = 5 }, "gravity": func(n *NewBlack) { n.Gravity = "x" }, "on": func(n *NewBlack) { n.On = "2026-06-11" },
			"penalty_id": func(n *NewBlack) { n.PenaltyID = "x" },
		} {
			_, err := entry(change)
			refused(t, err, fault.Invalid, field)
		}
		_, err := entry(func(n *NewBlack) { n.On = "2025-12-10" }) // over today
		refused(t, err, fault.Invalid, "months")
		b := must2(entry())(t)
		_, err = entry()
		refused(t, err, fault.Conflict, "")
		if c := must2(w.CreditOf(w.officer(), org.ByID{ID: b.SubjectID}))(t); c.Grade != "D" || len(c.Grades) != 1 {
			t.Errorf("the grade is %s of %v", c.Grade, c.Grades)
		}
		pub := w.published(b.ID, func(p *Proposal) { p.Kind = OfBlacklist })
		if !pub.UntilOn.Equal(b.UntilOn) {
			t.Errorf("public until %s, listed until %s", pub.UntilOn, b.UntilOn)
		}
		w.at = b.UntilOn.Add(-1)
		if got := w.public(); got != "blacklist 临江区第一医院" {
			t.Errorf("on the last day public is %q", got)
		}
		w.at = b.UntilOn
		if got := w.public(); got != "" {
			t.Errorf("after the last day public is %q", got)
		}
		_, err = w.PublicSanction(t.Context(), org.ByID{ID: pub.ID})
		refused(t, err, fault.NotFound, "")
		if err := w.expireAll(t.Context(), struct{}{}); err != nil {
			t.Fatal(err)
		}
		c := must2(w.CreditOf(w.officer(), org.ByID{ID: b.SubjectID}))(t)
		if c.Grade != "A" || c.Blacklist[0].State != Expired || len(c.Grades) != 2 {
			t.Errorf("after the last day %+v", c)
		}
		again := must2(entry())(t)
		w.published(again.ID, func(p *Proposal) { p.Kind = OfBlacklist })
		_, err = w.Remove(w.officer(), to(again.ID, Reasoned{}))
		refused(t, err, fault.Invalid, "reason")
		must2(w.Remove(w.officer(), to(again.ID, Reasoned{Reason: "信用修复"})))(t)
		_, err = w.Remove(w.officer(), to(again.ID, Reasoned{Reason: "再次"}))
		refused(t, err, fault.Conflict, "")
		_, err = w.Propose(w.officer(), body(proposal(again.ID, func(p *Proposal) { p.Kind = OfBlacklist })))
		refused(t, err, fault.Conflict, "")
		w.judge()
	})
}

// Either it was approved before the decision was annulled, and is to be
// withdrawn; or it never became public.
func TestApprovedAndAnnulledAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.served([]NewMeasure{fine(1_000)})
		pub := w.propose(p.ID)
		var done sync.WaitGroup
		var approved, annulled error
		done.Go(func() { _, approved = w.Approve(w.director(), org.ByID{ID: pub.ID}) })
		done.Go(func() { _, annulled = w.Annul(w.officer(), to(p.ID, Reasoned{Reason: "复议撤销"})) })
		done.Wait()
		if annulled != nil {
			t.Fatal(annulled)
		}
		d := must2(w.PublicationOne(w.officer(), org.ByID{ID: pub.ID}))(t)
		switch {
		case approved == nil && (d.State != Published || len(d.Clocks) != 1):
			t.Errorf("it is public and nobody has to withdraw it: %+v", d)
		case approved != nil && d.State != Proposed:
			t.Errorf("it was refused and is %s", d.State)
		}
		w.judge()
	})
}

func TestApprovedAndWithdrawnAtOnceByMany(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		pub := w.published(w.served([]NewMeasure{fine(1_000)}).ID)
		var done sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			done.Go(func() { _, errs[i] = w.Withdraw(w.director(), to(pub.ID, Reasoned{Reason: "更正"})) })
		}
		done.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				refused(t, err, fault.Conflict, "")
			}
		}
		if won != 1 {
			t.Errorf("withdrawn %d times", won)
		}
		w.judge()
	})
}

func TestTransfersEndWithReceiptAndResultOrAReason(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		send := func(change ...func(*NewTransfer)) (Transfer, error) {
			n := NewTransfer{Subject: theHospital, Agency: "insurance", Matter: "涉嫌串换项目骗取医保基金", Materials: []string{"现场检查笔录", "病历复印件12份"}}
			for _, c := range change {
				c(&n)
			}
			return w.Send(w.officer(), body(n))
		}
		for field, change := range map[string]func(*NewTransfer){
			"agency": func(n *NewTransfer) { n.Agency = "hotline" }, "matter": func(n *NewTransfer) { n.Matter = " " }, "materials": func(n *NewTransfer) { n.Materials = []string{"a", " "} }, "penalty_id": func(n *NewTransfer) { n.PenaltyID = "x" },
		} {
			_, err := send(change)
			refused(t, err, fault.Invalid, field)
		}
		tr := must2(send())(t)
		_, err := w.CloseTransfer(w.officer(), to(tr.ID, Noted{}))
		refused(t, err, fault.Conflict, "")
		_, err = w.RecordResult(w.officer(), to(tr.ID, Answer{Result: "已立案"}))
		refused(t, err, fault.Conflict, "")
		_, err = w.Receive(w.officer(), to(tr.ID, Receipt{ReceiptNo: "医保收〔2026〕7号"}))
		refused(t, err, fault.Conflict, "")
		_, err = w.Receive(w.officer(), to(tr.ID, Receipt{ReceiptNo: " ", Files: []string{"receipt"}}))
		refused(t, err, fault.Invalid, "receipt_no")
		_, err = w.Receive(w.officer(), to(tr.ID, Receipt{ReceiptNo: "1", Files: []string{"half"}}))
		refused(t, err, fault.Invalid, "files")
		w.pass(3)
		must2(w.Chase(w.officer(), to(tr.ID, Reasoned{Reason: "电话催办"})))(t)
		must2(w.Receive(w.officer(), to(tr.ID, Receipt{ReceiptNo: "医保收〔2026〕7号", Files: []string{"receipt"}})))(t)
		_, err = w.CloseTransfer(w.officer(), to(tr.ID, Noted{}))
		refused(t, err, fault.Conflict, "")
		_, err = w.RecordResult(w.officer(), to(tr.ID, Answer{Result: " "}))
		refused(t, err, fault.Invalid, "result")
		must2(w.RecordResult(w.officer(), to(tr.ID, Answer{Result: "追回基金12万元"})))(t)
		must2(w.CloseTransfer(w.officer(), to(tr.ID, Noted{})))(t)
		d := must2(w.TransferOne(w.leader(), org.ByID{ID: tr.ID}))(t)
		if d.State != Closed || len(d.Files) != 1 || len(d.Clocks) != 3 || len(d.Trail) != 5 || !strings.HasPrefix(d.Number, "YS-990101-20260610-") {
			t.Errorf("got %+v", d)
		}
		if f := must2(w.OpenReceipt(w.leader(), OfTransfer{ID: tr.ID, Wanted: attach.Wanted{File: "receipt"}}))(t); !strings.Contains(f.Name, tr.Number) {
			t.Errorf("the file says %s", f.Name)
		}
		must2(w.OpenReceipt(w.leader(), OfTransfer{ID: tr.ID, Wanted: attach.Wanted{File: "receipt", Download: true}}))(t)
		if took := w.noted(tr.ID, "sanction.file_download"); took != 1 {
			t.Errorf("%d downloads are noted", took)
		}
		_, err = w.OpenReceipt(w.as("stranger", other), OfTransfer{ID: tr.ID, Wanted: attach.Wanted{File: "receipt"}})
		refused(t, err, fault.NotFound, "")
		lost := must2(send())(t)
		must2(w.CloseTransfer(w.officer(), to(lost.ID, Noted{Note: "对方书面退回，不属其管辖"})))(t)
		_, err = w.Chase(w.officer(), to(lost.ID, Reasoned{Reason: "催办"}))
		refused(t, err, fault.Conflict, "")
		w.judge()
	})
}

func TestVetoRulesOutItsUsesForItsTime(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		veto := func(who Who, uses ...string) (Veto, error) {
			return w.Veto(w.officer(), body(NewVeto{Subject: who, Uses: uses, Months: 12, Reason: "收受红包"}))
		}
		for _, uses := range [][]string{nil, {"lunch"}, {"hospital_review"}, {"title", "title"}} {
			_, err := veto(doctor, uses...)
			refused(t, err, fault.Invalid, "uses")
		}
		_, err := veto(theHospital, "title")
		refused(t, err, fault.Invalid, "uses")
		v := must2(veto(doctor, "title", "honours"))(t)
		may := func(use, day string) bool {
			t.Helper()
			return must2(w.MayUse(w.leader(), Asked{Certificate: strings.ToLower(doctor.Certificate), Use: use, On: day}))(t).May
		}
		for day, want := range map[string]bool{"2026-06-09": true, "2026-06-10": false, "2027-06-09": false, "2027-06-10": true} {
			if may("title", day) != want {
				t.Errorf("title on %s: %t", day, !want)
			}
		}
		if !may("post", "") || may("honours", "") {
			t.Error("a veto rules out other uses than its own")
		}
		if r := must2(w.MayUse(w.officer(), Asked{Unit: hospital, Use: "hospital_review"}))(t); !r.May || r.Vetoes == nil {
			t.Errorf("the hospital: %+v", r)
		}
		_, err = w.MayUse(w.officer(), Asked{Unit: hospital, Use: "lunch"})
		refused(t, err, fault.Invalid, "use")
		_, err = w.Lift(w.officer(), to(v.ID, Reasoned{}))
		refused(t, err, fault.Invalid, "reason")
		w.pass(30)
		must2(w.Lift(w.officer(), to(v.ID, Reasoned{Reason: "处分撤销"})))(t)
		_, err = w.Lift(w.officer(), to(v.ID, Reasoned{Reason: "再次"}))
		refused(t, err, fault.Conflict, "")
		if !may("title", "") || may("title", "2026-06-20") {
			t.Error("lifting is not from its day on")
		}
		w.judge()
	})
}

// Whatever was forged behind the program is named.
func TestChecksNameWhatCannotBe(t *testing.T) {
	for say, forge := range map[string]string{
		"was not served before it was public": `update sanction_publication set served_on = null`,
		"was approved by who proposed it":     `update sanction_publication set approved_by = proposed_by`,
		"and its steps led to":                `update sanction_penalty set state = 'closed'`,
		"a late fee of 999 on a fine of 0":    `update sanction_penalty set late_fen = 999, late_paid_fen = 999`,
		"were paid of a late fee":             `update sanction_penalty set late_paid_fen = 1`,
		"and measures stand: false":           `update sanction_measure set revoked_on = decided_on`,
		"is closed without receipt":           `update sanction_transfer set state = 'closed'`,
		"is not 1 times 2":                    `update sanction_point set total = 12`,
		"voided without day or reason":        `update sanction_point set voided_on = 1`,
		"no row leads from":                   `update trail set became = 'served' where act = 'file'`,
		`veto %s is "lifted", and its steps`:  `update sanction_veto set lifted_on = 1`,
	} {
		t.Run(say, func(t *testing.T) {
			everywhere(t, func(t *testing.T, w *world) {
				w.published(w.served([]NewMeasure{fine(1_000)}).ID)
				w.give(scored(2, ofDoctor))
				must2(w.Send(w.officer(), body(NewTransfer{Subject: theHospital, Agency: "police", Matter: "涉嫌犯罪", Materials: []string{"案卷"}})))(t)
				must2(w.Veto(w.officer(), body(NewVeto{Subject: doctor, Uses: []string{"title"}, Months: 1, Reason: "收受红包"})))(t)
				w.judge()
				w.forge(forge)
				if said := w.said(); !strings.Contains(said, strings.TrimPrefix(say, "veto %s ")) {
					t.Errorf("verify says %q", said)
				}
			})
		})
	}
}

// What is counted is what stands: each figure is read, and its rows are as many.
func TestFiguresCountWhatStands(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		book := figure.NewBook()
		book.Publish(Figures()...)
		gone := w.decided([]NewMeasure{fine(5_000)})
		must2(w.Annul(w.officer(), to(gone.ID, Reasoned{Reason: "撤销"})))(t)
		w.decided([]NewMeasure{fine(1_000), {Kind: Warning}})
		w.decided([]NewMeasure{fine(2_000)})
		w.decided([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject = doctor })
		w.give(scored(4, ofDoctor))
		must2(w.Void(w.officer(), to(w.give(scored(2, ofDoctor)).ID, Reasoned{Reason: "有误"})))(t)
		split := w.decided([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Violations = []string{"V0603"} })
		for _, of := range []string{split.ID, ""} {
			must2(w.Send(w.officer(), body(NewTransfer{Subject: theHospital, PenaltyID: of, Agency: "market", Matter: "涉嫌分解收费", Materials: []string{"案卷"}})))(t)
		}
		must2(w.Blacklist(w.officer(), body(NewBlack{Subject: theHospital, PenaltyID: split.ID, Gravity: "grave", Months: 6, Reason: "严重失信"})))(t)
		june := figure.Period{From: on(t, "2026-06-01"), Until: on(t, "2026-07-01")}
		reads := func(n figure.Narrow, wants map[string]int64) {
			t.Helper()
			for name, want := range wants {
				err := w.DB.Read(t.Context(), func(r db.Reader) error {
					vs, err := book.Read(r, []string{name}, n, june)
					if err == nil && vs[name][0].Number != want {
						t.Errorf("%s is %d, want %d", name, vs[name][0].Number, want)
					}
					return err
				})
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		reads(figure.Narrow{Path: district}, map[string]int64{
			"sanction.filed": 4, "sanction.fine": 1, "sanction.fine_amount": 300_000, "sanction.warning": 2, "sanction.punished": 1, "sanction.punished_people": 1,
			"sanction.points_people": 4, "sanction.points": 0, "sanction.transferred": 2, "sanction.black_units": 1,
		})
		// What was handed over or blacklisted counts under the violation of its penalty.
		ofCharges := figure.Narrow{Path: district, Dims: map[string][]string{"violation": {"V06"}}}
		reads(ofCharges, map[string]int64{"sanction.transferred": 1, "sanction.black_units": 1, "sanction.filed": 4})
	})
}

// One month is said as one.
func TestMonthsAreCountedInWords(t *testing.T) {
	for months, want := range map[int]string{1: "责令停业 1 个月 / Ordered to close: 1 month", 3: "责令停业 3 个月 / Ordered to close: 3 months"} {
		if said := (PublicMeasure{Kind: "close", Months: months}).text(); said.ZH+" / "+said.EN != want {
			t.Errorf("%s / %s", said.ZH, said.EN)
		}
	}
}
