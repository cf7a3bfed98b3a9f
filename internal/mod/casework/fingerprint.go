package casework

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// A fingerprint says what all rows of a case were when a transaction ended. The
// last event that the transaction wrote about the case carries it, and so does
// the leaf of that event: whoever changes a row afterwards makes another one
// (docs/adr/0016-events-carry-fingerprints.md).
//
// It looks like "1 <digest> file=<hint> parts=<hint> …": the version of what is
// written below, a digest of everything, and a few letters for each table that
// has rows, which tell a person where to look and prove nothing.
const fingerprintVersion = "1"

// fileRow is a case with what only its row says.
type fileRow struct {
	Case
	IdentityGoneAt, WordsGoneAt time.Time
	Salt                        string // of the newest fingerprint; nobody guesses words by the older ones
}

const fileColumns = caseColumns + `, c.identity_gone_at, c.words_gone_at, c.salt`

// holding is all that a fingerprint covers, as it is stored: words that are sealed
// stand there sealed.
type holding struct {
	file     fileRow
	parts    []Assignment
	requests []Request
	orders   []Supervision
	bars     []bar
	clocks   []Clock
}

// fresh salts a fingerprint that is about to be made.
func (h *holding) fresh() { h.file.Salt = rand.Text() }

// fingerprint is that of the rows under their salt.
func (h holding) fingerprint() string {
	whole, hints := sha256.New(), ""
	for _, t := range []struct {
		name string
		rows []string
	}{
		{"file", []string{h.file.encoded()}},
		{"parts", encodedAll(h.parts)},
		{"requests", encodedAll(h.requests)},
		{"orders", encodedAll(h.orders)},
		{"bars", encodedAll(h.bars)},
		{"clocks", encodedAll(h.clocks)},
	} {
		if len(t.rows) == 0 {
			continue
		}
		slices.Sort(t.rows) // the engines have their own orders of texts
		sum := sha256.Sum256([]byte(h.file.Salt + " " + t.name + "\n" + strings.Join(t.rows, "")))
		_, _ = whole.Write(sum[:]) // a hash never fails
		hints += " " + t.name + "=" + base64.RawURLEncoding.EncodeToString(sum[:3])
	}
	return fingerprintVersion + " " + base64.RawURLEncoding.EncodeToString(whole.Sum(nil)) + hints
}

// holdingOf reads all rows of a case, and what decides of what it waits for.
func holdingOf(r db.Reader, id string) (h holding, p papers, err error) {
	h.file, err = db.Find[fileRow](r, i18n.T("诉求", "case"), `select `+fileColumns+` from case_file c where c.id = $1`, id)
	return h, p, fault.First(
		func() error { return err },
		func() (err error) { p, err = papersOf(r, id); return err },
		func() (err error) {
			h.parts, h.requests, h.orders = p.parts, p.requests, p.orders
			h.bars, err = bars(r, id)
			return err
		},
		func() (err error) { h.clocks, err = clocks(r, id); return err },
	)
}

// settle is what is done at the end of a transaction about a case to which
// something happened in it: it writes down what the case waits for by now, has
// the last event carry the fingerprint of the rows, and appends the leaves of
// the events, given in plain words.
func (s *Service) settle(tx *db.Tx, id string, happened []Event) (err error) {
	defer fault.Wrap(&err, "casework.settle(%s)", id)
	h, p, err := holdingOf(tx.Reader, id)
	if err != nil {
		return err
	}
	h.fresh()
	last := &happened[len(happened)-1]
	last.Fingerprint = h.fingerprint()
	err = fault.First(
		func() error { return markNodes(tx, id, waiting(h.file.Case, p)) },
		func() error { return markFingerprint(tx, *last, h.file.Salt) },
	)
	for i := range happened {
		if err == nil {
			err = commit(s, tx, h.file.Case, &happened[i])
		}
	}
	return err
}
