package sanction

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// Whatever the public would read of a person is looked through, wherever it comes from.
func TestNothingOfAProposalNamesThePerson(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		named := w.served([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject, f.Basis = doctor, "《医师法》第五十六条，张清源执业记录" })
		for field, change := range map[string]func(*Proposal){
			"basis": func(*Proposal) {},
			"title": func(p *Proposal) {
				p.Basis, p.Title = "《医师法》第五十六条", "关于张 清源的处罚决定"
			},
			"text": func(p *Proposal) { p.Basis, p.Text = "《医师法》第五十六条", "证书110370200012345" },
		} {
			_, err := w.Propose(w.officer(), body(proposal(named.ID, change)))
			refused(t, err, fault.Invalid, field)
		}
		pub := w.published(named.ID, func(p *Proposal) { p.Basis = "《医师法》第五十六条" })
		if one := must2(w.PublicSanction(t.Context(), org.ByID{ID: pub.ID}))(t); one.Basis != "《医师法》第五十六条" {
			t.Errorf("the basis is %q", one.Basis)
		}
		numbered := w.served([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject = doctor })
		must2(w.Alter(w.officer(), to(numbered.ID, Change{Reasoned: Reasoned{Reason: "文号有误"}, DecisionNo: "张清源-1号", Measures: []NewMeasure{{Kind: Warning}}})))(t)
		must2(w.Serve(w.officer(), to(numbered.ID, Noted{})))(t)
		_, err := w.Propose(w.officer(), body(proposal(numbered.ID)))
		refused(t, err, fault.Invalid, "number")
		w.judge()
	})
}

// What was proposed before it was looked through so closely is not approved either.
func TestNothingIsApprovedThatNamesThePerson(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		pub := w.propose(w.served([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject = doctor }).ID)
		w.forge(`update sanction_publication set basis = '张清源执业记录'`)
		_, err := w.Approve(w.director(), org.ByID{ID: pub.ID})
		refused(t, err, fault.Invalid, "basis")
		if got := w.public(); got != "" {
			t.Errorf("public is %s", got)
		}
	})
}

// The time in public begins on the day of the approval, however long that took.
func TestTimeInPublicBeginsWithTheApproval(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		slow := w.propose(w.served([]NewMeasure{fine(1_000)}).ID)
		entry := must2(w.Blacklist(w.officer(), body(NewBlack{Subject: theHospital, Gravity: "grave", Months: 6, Reason: "严重失信"})))(t)
		listing := w.propose(entry.ID, func(p *Proposal) { p.Kind = OfBlacklist })
		w.pass(20)
		must2(w.Approve(w.director(), org.ByID{ID: slow.ID}))(t)
		must2(w.Approve(w.director(), org.ByID{ID: listing.ID}))(t)
		for id, want := range map[string][2]string{slow.ID: {"2026-06-30", "2027-06-29"}, listing.ID: {"2026-06-30", "2026-12-09"}} {
			if one := must2(w.PublicSanction(t.Context(), org.ByID{ID: id}))(t); one.FromOn != want[0] || one.UntilOn != want[1] {
				t.Errorf("%s is public from %s until %s, want %v", one.Kind, one.FromOn, one.UntilOn, want)
			}
		}
		w.judge()
	})
}

// Whoever one may not see is answered about as if nobody knew of them: a veto there
// cannot be asked out.
func TestAskingTellsNothingOfThoseWhomOneMayNotSee(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		vetoed := must2(w.Veto(w.officer(), body(NewVeto{Subject: doctor, Uses: []string{"title"}, Months: 12, Reason: "收受红包"})))(t)
		clean := doctor
		clean.Name, clean.Certificate = "李明", "110370200099999"
		w.decided([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject = clean })
		stranger := w.as("stranger", other)
		for _, a := range []Asked{{Certificate: doctor.Certificate}, {Certificate: clean.Certificate}, {Certificate: "110370200000000"}, {Subject: vetoed.SubjectID}, {Subject: "nobody"}, {Unit: hospital}, {Unit: "nowhere"}} {
			a.Use = "title"
			if r := must2(w.MayUse(stranger, a))(t); !r.May || r.Known || len(r.Vetoes) > 0 {
				t.Errorf("about %+v a stranger is told %+v", a, r)
			}
		}
		for certificate, may := range map[string]bool{doctor.Certificate: false, clean.Certificate: true} {
			if r := must2(w.MayUse(w.leader(), Asked{Certificate: certificate, Use: "title"}))(t); r.May != may || !r.Known {
				t.Errorf("about %s the hospital is told %+v", certificate, r)
			}
		}
	})
}

// A certificate number brings out no name of somebody elsewhere.
func TestCertificateTellsNoNameToOthers(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.file(func(f *Filing) { f.Subject = doctor })
		wrong := doctor
		wrong.Name = "别人"
		give := func(who Who, at string) error {
			_, err := w.Blacklist(w.as("officer", at, Manage), body(NewBlack{Subject: who, Gravity: "grave", Months: 6, Reason: "严重失信"}))
			return err
		}
		err := give(wrong, district)
		refused(t, err, fault.Invalid, "subject.certificate")
		if !strings.Contains(err.Error(), doctor.Name) {
			t.Errorf("who may see the person is told %v", err)
		}
		wrong.UnitID = abroad
		err = give(wrong, other)
		refused(t, err, fault.Invalid, "subject.certificate")
		if strings.Contains(err.Error(), doctor.Name) {
			t.Errorf("a stranger is told %v", err)
		}
	})
}

// A person is listed once: by the number of a certificate, or without one by name
// and place.
func TestPersonIsBlacklistedOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		quack := Who{Kind: Person, Name: "钱多", Region: "990101"}
		list := func(who Who) (Black, error) {
			return w.Blacklist(w.officer(), body(NewBlack{Subject: who, Gravity: "grave", Months: 6, Reason: "无证行医"}))
		}
		with := func(change func(*Who)) Who { x := quack; change(&x); return x }
		first := must2(list(quack))(t)
		_, err := list(with(func(x *Who) { x.Name = " 钱多 " }))
		refused(t, err, fault.Conflict, "")
		must2(list(with(func(x *Who) { x.Name = "孙多" })))(t)
		must2(list(with(func(x *Who) { x.UnitID = clinic })))(t)
		_, err = list(with(func(x *Who) { x.UnitID = clinic }))
		refused(t, err, fault.Conflict, "")
		namesake := must2(list(with(func(x *Who) { x.Certificate = "zj-1" })))(t)
		_, err = list(with(func(x *Who) { x.Certificate, x.UnitID = "ZJ-1", clinic }))
		refused(t, err, fault.Conflict, "")
		_, err = list(with(func(x *Who) { x.Certificate, x.Name = "ZJ-1", "李四" }))
		refused(t, err, fault.Invalid, "subject.certificate")
		again := w.file(func(f *Filing) { f.Subject = with(func(x *Who) { x.Certificate = "ZJ-1" }) })
		if again.SubjectID != namesake.SubjectID || first.SubjectID == namesake.SubjectID {
			t.Errorf("records %s, %s and %s", first.SubjectID, namesake.SubjectID, again.SubjectID)
		}
		must2(w.Remove(w.officer(), to(first.ID, Reasoned{Reason: "信用修复"})))(t)
		must2(list(quack))(t)
		w.judge()
	})
}

// Nobody is listed twice by two people at once.
func TestPersonIsBlacklistedOnceByTwo(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		quack := Who{Kind: Person, Name: "钱多", Region: "990101"}
		errs := make(chan error, 2)
		for range cap(errs) {
			go func() {
				_, err := w.Blacklist(authz.With(t.Context(), authz.From(w.officer())), body(NewBlack{Subject: quack, Gravity: "grave", Months: 6, Reason: "无证行医"}))
				errs <- err
			}()
		}
		one, two := <-errs, <-errs
		if (one == nil) == (two == nil) {
			t.Fatalf("got %v and %v", one, two)
		}
		if one == nil {
			one = two
		}
		refused(t, one, fault.Conflict, "")
	})
}

// A proposal begins with what the file says, as the public may read it; a correction
// with what is public.
func TestProposalBeginsWithWhatIsStored(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		words := func(id string) *PublicWords {
			t.Helper()
			return must2(w.Penalty(w.officer(), org.ByID{ID: id}))(t).Words
		}
		p := w.decided([]NewMeasure{{Kind: Warning}}, func(f *Filing) {
			f.Subject, f.Facts, f.Basis = doctor, "张 清源（证书110370 200012345，电话13800001234、13900001234）重复收费。", "《医师法》第五十六条，张清源执业记录"
		})
		if got := words(p.ID); got != nil {
			t.Errorf("before the service %+v", got)
		}
		must2(w.Serve(w.officer(), to(p.ID, Noted{})))(t)
		got := words(p.ID)
		if want := (PublicWords{Title: "行政处罚决定书 " + p.DecisionNo, Text: "张某（证书***，电话***、***）重复收费。", Basis: "《医师法》第五十六条，张某执业记录"}); *got != want {
			t.Errorf("got %+v, want %+v", *got, want)
		}
		if d := must2(w.Penalty(w.leader(), org.ByID{ID: p.ID}))(t); d.Words != nil {
			t.Errorf("who may not propose gets %+v", d.Words)
		}
		pub := w.propose(p.ID, func(x *Proposal) { x.Title, x.Text, x.Basis = got.Title, got.Text, got.Basis })
		if got := words(p.ID); got != nil {
			t.Errorf("while one waits %+v", got)
		}
		must2(w.Approve(w.director(), org.ByID{ID: pub.ID}))(t)
		if got := words(p.ID); *got != (PublicWords{pub.Title, pub.Text, pub.Basis, "minor", 12}) {
			t.Errorf("a correction begins with %+v", got)
		}
	})
}
