package tlog_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
)

// witness is somebody who signs heads with the time (C2SP tlog-cosignature),
// written down here anew from its rules.
type witness struct {
	name string
	key  ed25519.PrivateKey
	at   uint64
}

func newWitness(name string) witness {
	sum := sha256.Sum256([]byte(name))
	return witness{name, ed25519.NewKeyFromSeed(sum[:]), 1785200500}
}

func (w witness) Name() string { return w.name }

func (w witness) public() []byte {
	return append([]byte{4}, w.key.Public().(ed25519.PublicKey)...)
}

func (w witness) KeyHash() uint32 {
	sum := sha256.Sum256([]byte(w.name + "\n" + string(w.public())))
	return binary.BigEndian.Uint32(sum[:])
}

func (w witness) vkey() string {
	return fmt.Sprintf("%s+%08x+%s", w.name, w.KeyHash(), base64.StdEncoding.EncodeToString(w.public()))
}

func (w witness) Sign(msg []byte) ([]byte, error) {
	sig := ed25519.Sign(w.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", w.at, msg))
	return append(binary.BigEndian.AppendUint64(nil, w.at), sig...), nil
}

// sign signs the text of a note, whatever it says.
func (w witness) sign(text string) string {
	signed, err := note.Sign(&note.Note{Text: text}, w)
	if err != nil {
		panic(err)
	}
	return string(signed)
}

// body is the signed text of a note.
func body(signed string) string {
	text, _, _ := strings.Cut(signed, "\n\n")
	return text + "\n"
}

func TestSignaturesOfWitnesses(t *testing.T) {
	friend, stranger := newWitness("witness.example"), newWitness("stranger.example")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, friend.vkey())
		w.add(3)
		w.sequence()
		own := w.checkpoint()
		text := body(own.Note)
		broken := strings.Replace(friend.sign(text), "— witness.example ", "— witness.example AAAA", 1)
		for name, c := range map[string]struct {
			note string
			want fault.Kind
		}{
			"not a note":            {"hello", fault.Invalid},
			"empty":                 {"", fault.Invalid},
			"no checkpoint":         {friend.sign("hello\n"), fault.Invalid},
			"a stranger's":          {stranger.sign(text), fault.Forbidden},
			"only the log's own":    {own.Note, fault.Forbidden},
			"a broken signature":    {broken, fault.Forbidden},
			"another size":          {friend.sign(strings.Replace(text, "\n3\n", "\n4\n", 1)), fault.NotFound},
			"another hash":          {friend.sign(strings.Replace(text, own.Hash.String(), strings.Repeat("A", 43)+"=", 1)), fault.NotFound},
			"another log":           {friend.sign("other\n" + text[strings.Index(text, "\n")+1:]), fault.NotFound},
			"an extra line":         {friend.sign(text + "extra\n"), fault.NotFound},
			"a size that is no one": {friend.sign(strings.Replace(text, "\n3\n", "\n03\n", 1)), fault.Invalid},
		} {
			if err := w.Cosign(t.Context(), c.note); !fault.Is(err, c.want) {
				t.Errorf("%s: got %v, want kind %d", name, err, c.want)
			}
		}
		if latest, err := w.Latest(t.Context()); err != nil || latest != own.Note {
			t.Errorf("a refusal left something behind: %q, %v", latest, err)
		}
		for range 2 {
			w.must(w.Cosign(t.Context(), friend.sign(text)))
		}
		keys, err := tlog.ParseKeys([]string{friend.vkey()})
		w.must(err)
		latest, err := w.Latest(t.Context())
		w.must(err)
		c, err := tlog.OpenCheckpoint(latest, w.Key(), keys...)
		if err != nil || c.Seen[tlog.WitnessOf(keys[0])].Unix() != int64(friend.at) || len(c.Seen) != 1 || c.At.Unix() != present().Unix() {
			t.Errorf("got %+v, %v", c, err)
		}
		w.sound()
		w.add(3)
		w.sequence()
		w.read(func(r db.Reader) error { // the best proof is the one with a witness
			p, err := tlog.Prove(r, 0, tlog.Best)
			if !strings.Contains(p.Checkpoint, friend.name) {
				t.Errorf("proved by %s", p.Checkpoint)
			}
			return err
		})
	}, tables()...)
}

func TestKeysThatAreNone(t *testing.T) {
	good := newWitness("w").vkey()
	for name, key := range map[string]string{
		"nothing": "", "a word": "w", "no key": "w+00000000", "another number": "w+00000000" + good[10:], "another name": "x" + good[1:],
		"a space": strings.Replace(good, "w", "w ", 1), "cut off": good[:len(good)-5], "not base64": good[:12] + "!!!!", "another kind": strings.Replace(good, "+B", "+C", 1),
	} {
		if _, err := tlog.ParseKey(key); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s (%q): got %v", name, key, err)
		}
		if _, err := tlog.New(nil, nil, nil, seed(), key); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s as witness: got %v", name, err)
		}
	}
}

// A key whose signatures say no time is no witness's: it could sign, and would
// count for nothing.
func TestAPlainKeyIsNoWitness(t *testing.T) {
	l, err := tlog.New(nil, nil, nil, seed())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tlog.ParseKey(l.Key()); err != nil {
		t.Error(err)
	}
	if _, err := tlog.New(nil, nil, nil, seed(), l.Key()); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

// A log keeps its name and key as long as it keeps its seed.
func TestKeyFollowsFromTheSeed(t *testing.T) {
	a, err1 := tlog.New(nil, nil, nil, seed())
	b, err2 := tlog.New(nil, nil, nil, seed())
	c, err3 := tlog.New(nil, nil, nil, bytes.Repeat([]byte{1}, 32))
	if err1 != nil || err2 != nil || err3 != nil || a.Key() != b.Key() || a.Key() == c.Key() || !strings.HasPrefix(a.Key(), "qingfeng.log/") {
		t.Errorf("%s %s %s", a.Key(), b.Key(), c.Key())
	}
}
