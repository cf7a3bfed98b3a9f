package tlog

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Promise is the log's signed word that it will show a leaf.
type Promise struct {
	Hash merkle.Hash
	At   time.Time // when the fact was accepted
	By   time.Time // by when the leaf is in the log
}

// promiseHead is the first line, so that a promise is never taken for a
// checkpoint, whose first line is the log's name.
const promiseHead = "qingfeng promise v1"

// promiseTime is how times are written.
const promiseTime = "2006-01-02T15:04:05.000Z"

// text is what is signed.
func (p Promise) text(origin string) string {
	return fmt.Sprintf("%s\n%s\nleaf %s\naccepted %s\nby %s\n", promiseHead, origin, base64.StdEncoding.EncodeToString(p.Hash[:]),
		p.At.UTC().Format(promiseTime), p.By.UTC().Format(promiseTime))
}

// Promise signs that a leaf will be in the log in time.
func (l *Log) Promise(leaf Leaf) (string, error) {
	p := Promise{HashOf(leaf.Entry), leaf.At, leaf.At.Add(Promised)}
	signed, err := note.Sign(&note.Note{Text: p.text(l.signer.name)}, l.signer)
	if err != nil {
		return "", fmt.Errorf("tlog.Promise(%s): %w", leaf.Record, err)
	}
	return string(signed), nil
}

// OpenPromise reads a promise that the log with the given key has signed.
// Fault: Invalid.
func OpenPromise(text, vkey string) (p Promise, err error) {
	own, err := ParseKey(vkey)
	if err != nil {
		return p, err
	}
	n, err := note.Open([]byte(text), note.VerifierList(own))
	if err != nil {
		return p, fault.New(fault.Invalid, i18n.T("承诺没有这把公钥的有效签名", "the promise carries no valid signature of this key"))
	}
	words := strings.Fields(n.Text) // what was read must come to the same text, so that any misreading shows
	if len(words) < 3 {
		return p, errNoPromise()
	}
	value := func(name string) string { return words[min(slices.Index(words, name)+1, len(words)-1)] }
	var err1, err2, err3 error
	p.Hash, err1 = merkle.ParseHash(value("leaf"))
	p.At, err2 = time.Parse(promiseTime, value("accepted"))
	p.By, err3 = time.Parse(promiseTime, value("by"))
	if errors.Join(err1, err2, err3) != nil || p.text(own.Name()) != n.Text {
		return p, errNoPromise()
	}
	return p, nil
}

func errNoPromise() error {
	return fault.New(fault.Invalid, i18n.T("这不是日志的承诺", "this is not the promise of a log"))
}
