package inspection

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// seats are those of a draw as they are stored.
func (w *world) seats(draw string) []WitnessSeat {
	w.t.Helper()
	return must(read(w.t.Context(), w.Service, func(r db.Reader) ([]WitnessSeat, error) { return witnessesOf(r, draw) }))(w)
}

// kept is the secret of the program before the draw.
func (w *world) kept(draw string) WitnessSeat {
	w.t.Helper()
	ws := must(read(w.t.Context(), w.Service, func(r db.Reader) ([]WitnessSeat, error) {
		ws, err := witnessesOf(r, draw)
		if err == nil {
			ws, err = w.opened(r, ws)
		}
		return ws, err
	}))(w)
	return ws[len(ws)-1]
}

// withoutProgram makes a draw one of before the program was a witness.
func (w *world) withoutProgram(d FrozenDraw) FrozenDraw {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Change("inspection_witness", d.ID, `delete from inspection_witness where sealed <> '' and draw_id = $1`, d.ID)
		return err
	})
	return d
}

// steered has whoever holds all links of a draw, and knows when the last witness will
// commit, choose the last secret so that a target comes out. It reports whether that
// target was drawn.
func (w *world) steered(d FrozenDraw, wish string) bool {
	w.t.Helper()
	lot := must(read(w.t.Context(), w.Service, func(r db.Reader) (frozenLot, error) { return lotOf(r, d.ID) }))(w)
	secrets := []string{"secret of one", ""}
	for n := 0; ; n++ {
		secrets[1] = fmt.Sprint("secret of two ", n)
		terms := Terms{Algorithm: Algorithm, ListHash: d.ListHash, DrawnAt: exact(w.at).Format(time.RFC3339Nano)}
		for i, l := range d.Links {
			terms.Witnesses = append(terms.Witnesses, Witness{Name: l.Witness, Commitment: Commit(secrets[i]), Secret: secrets[i]})
		}
		seed, err := terms.Seed()
		if err != nil {
			w.t.Fatal(err)
		}
		if result := must(Draw(lot.List, seed))(w); result[0].Target == wish {
			break
		}
	}
	for i, l := range d.Links {
		must(w.CommitSecret(w.t.Context(), l.Token, Commit(secrets[i])))(w)
	}
	for i, l := range d.Links {
		must(w.RevealSecret(w.t.Context(), l.Token, secrets[i]))(w)
	}
	return must(w.Draw(w.office(), idOf(d.ID)))(w).Result[0].Target == wish
}

// Whoever knows the secrets of all people cannot have the draw take whom they want.
func TestNobodySteersADraw(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		wish := w.targets[3].ID
		if !w.steered(w.withoutProgram(w.freeze()), wish) {
			t.Error("without the program the wish does not come true: nothing is tested")
		}
		const draws = 9
		hit := 0
		for range draws {
			if w.steered(w.freeze(), wish) {
				hit++
			}
		}
		if hit == draws { // by chance once in 10⁹ runs
			t.Errorf("%d of %d draws took the target that was wished for", hit, draws)
		}
	})
}

// The program commits before anybody else can, and reveals by the draw.
func TestTheProgramIsAWitness(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.libraries().freeze()
		seats := w.seats(d.ID)
		program := seats[len(seats)-1]
		if len(seats) != 3 || !program.Program || seats[0].Program || program.Name != Program || !sha256Text.MatchString(program.Commitment) || program.Secret != "" {
			t.Fatalf("%+v", seats)
		}
		public := must(w.PublicDraw(t.Context(), idOf(d.ID)))(w)
		if len(public.Seals) != 2 || public.Seals[1].What != sealProgram || public.Seals[1].Hash != program.Commitment {
			t.Errorf("seals %+v", public.Seals)
		}
		secret := w.kept(d.ID).Secret
		if len(secret) != 2*programSecret || Commit(secret) != program.Commitment {
			t.Errorf("the secret %q does not fit", secret)
		}
		w.witnessed(d)
		said, err := json.Marshal([]any{d, must(w.GetDraw(w.office(), idOf(d.ID)))(w), must(w.PublicDraw(t.Context(), idOf(d.ID)))(w), must(w.WitnessSeat(t.Context(), d.Links[0].Token))(w)})
		if err != nil || strings.Contains(string(said), secret) || strings.Contains(string(said), program.Sealed) {
			t.Errorf("the secret is told before the draw: %v", err)
		}
		w.verified()
		must(w.Draw(w.office(), idOf(d.ID)))(w)
		after := w.seats(d.ID)[2]
		if after.Secret != secret || after.Sealed != "" || !after.RevealedAt.Equal(exact(w.at)) {
			t.Errorf("after the draw %+v", after)
		}
		must(w.PublishDraw(w.office(), idOf(d.ID)))(w)
		if rec := must(w.PublishedRecord(t.Context(), idOf(d.ID)))(w); !rec.HasProgram() || rec.Verify() != nil {
			t.Errorf("the record lacks the program: %+v", rec.Witnesses)
		}
		w.verified()
	})
}

// Nobody takes the seat of the program, or its name.
func TestNobodyStandsInForTheProgram(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		for _, names := range [][]string{{"甲", Program}, {"甲", " " + Program}, {Program, "甲", "乙"}, {"甲", "甲 "}} {
			in := ofTargets()
			in.Witnesses = names
			refused(w.Freeze(w.office(), posted(in)))(w, fault.Invalid)
		}
		d := w.freeze()
		program := w.seats(d.ID)[2]
		refused(w.RenewLink(w.office(), WitnessOfDraw{ID: d.ID, Witness: program.ID, Body: Because{"换一条"}}))(w, fault.Conflict)
		refused(w.CommitSecret(t.Context(), d.Links[0].Token, program.Commitment))(w, fault.Invalid)
		refused(w.WitnessSeat(t.Context(), program.Token))(w, fault.NotFound)
		refused(w.Draw(w.office(), idOf(d.ID)))(w, fault.Conflict)
		for _, l := range d.Links {
			must(w.CommitSecret(t.Context(), l.Token, Commit("secret of "+l.Witness)))(w)
		}
		refused(w.Draw(w.office(), idOf(d.ID)))(w, fault.Conflict)
	})
}

// What was altered in the tables draws nothing, and verify says so.
func TestAlteredSecretOfTheProgram(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.witnessed(w.libraries().freeze())
		other := w.seats(w.freeze().ID)[2]
		for what, q := range map[string]string{
			"another's":  `update inspection_witness set sealed = '` + other.Sealed + `' where sealed <> '' and draw_id = $1`,
			"not sealed": `update inspection_witness set sealed = 'chosen' where sealed <> '' and draw_id = $1`,
			"no key":     `delete from sealed_key where record = 'draw/' || $1`,
		} {
			w.tx(func(tx *db.Tx) error { _, err := tx.Exec(q, d.ID); return err })
			if _, err := w.Draw(w.office(), idOf(d.ID)); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "secret of the program") || !strings.Contains(wayOut(err), "void") {
				t.Errorf("%s: %v", what, err)
			}
		}
		said := []string{}
		must(read(t.Context(), w.Service, func(r db.Reader) (int, error) {
			return w.checkDraws(t.Context(), r, func(text string, args ...any) { said = append(said, fmt.Sprintf(text, args...)) })
		}))(w)
		if len(said) != 1 || !strings.Contains(said[0], d.Number) {
			t.Errorf("verify says %q", said)
		}
		must(w.VoidDraw(w.office(), postedTo(d.ID, Because{"随机数打不开"})))(w)
	})
}

// A draw that was frozen before the program was a witness is drawn without it, and
// its record says so.
func TestDrawOfBeforeIsMadeWithoutTheProgram(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.witnessed(w.withoutProgram(w.libraries().freeze()))
		must(w.Draw(w.office(), idOf(d.ID)))(w)
		must(w.PublishDraw(w.office(), idOf(d.ID)))(w)
		rec := must(w.PublishedRecord(t.Context(), idOf(d.ID)))(w)
		if err := rec.Verify(); err != nil || rec.HasProgram() {
			t.Errorf("%v, %+v", err, rec.Witnesses)
		}
		w.verified()
	})
}

// Of all that people choose nothing follows without the secret of the program, and a
// draw by the program and one person is none.
func TestLawOfTheProgramsSecret(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := lot(40, 6)
		people := rapid.SliceOfNDistinct(rapid.StringN(8, 40, -1), 2, 4, rapid.ID).Draw(rt, "secrets")
		by := func(program string) Terms {
			t := Terms{Algorithm: Algorithm, ListHash: l.Hash(), DrawnAt: "2026-07-28T09:00:00Z"}
			for i, s := range people {
				t.Witnesses = append(t.Witnesses, Witness{fmt.Sprint(i), Commit(s), s})
			}
			t.Witnesses = append(t.Witnesses, Witness{Program, Commit(program), program})
			return t
		}
		results := map[string]bool{}
		const secrets = 8
		for i := range secrets {
			seed, err := by(fmt.Sprint("program ", i)).Seed()
			if err != nil {
				rt.Fatal(err)
			}
			result, err := Draw(l, seed)
			if err != nil {
				rt.Fatal(err)
			}
			results[fmt.Sprint(result)] = true
		}
		if len(results) < secrets { // two alike by chance once in 10²⁰ runs
			rt.Fatalf("%d results of %d secrets", len(results), secrets)
		}
		bound := by("program")
		bound.Witnesses[len(people)].Secret = "another"
		if _, err := bound.Seed(); err == nil {
			rt.Fatal("the program may reveal another secret than it committed to")
		}
		alone := by("program")
		alone.Witnesses = alone.Witnesses[len(people)-1:]
		if _, err := alone.Seed(); err == nil {
			rt.Fatal("the program and one person are enough")
		}
	})
}

// Over the secrets of the program each target of a stratum is as likely, whatever
// people chose so as to have one of them drawn.
func TestAWishIsNoBetterThanChance(t *testing.T) {
	const draws, size = 4000, 10
	l := lot(4*size, 4)
	l.Shares = []Share{{Per10000: 1000}}
	wish, hit := l.Targets[0].ID, 0
	for i := range draws {
		secret := fmt.Sprint("program ", i)
		terms := Terms{Algorithm: Algorithm, ListHash: l.Hash(), DrawnAt: "2026-07-28T09:00:00Z",
			Witnesses: []Witness{{"甲", Commit("chosen"), "chosen"}, {"乙", Commit("with care"), "with care"}, {Program, Commit(secret), secret}}}
		seed, err := terms.Seed()
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := Draw(l, seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range drawn {
			if d.Target == wish {
				hit++
			}
		}
	}
	if hit < 300 || hit > 500 { // mean 400, deviation 19
		t.Errorf("%d of %d draws took it, want about %d", hit, draws, draws/size)
	}
}
