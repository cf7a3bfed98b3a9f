package intake

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// receiptDigits is the length of a receipt: 53 bits, enough because guessing
// needs the server and the key (architecture.md, Trust).
const receiptDigits = 16

// Receipt is the sixteen digits that open a case for its reporter.
type Receipt string

// String groups the digits by four, as people read and type them.
func (r Receipt) String() string {
	var parts []string
	for i := 0; i+4 <= len(r); i += 4 {
		parts = append(parts, string(r[i:i+4]))
	}
	return strings.Join(parts, " ")
}

// ParseReceipt reads a receipt as people type it, with spaces or hyphens and
// in full-width digits too.
func ParseReceipt(s string) (Receipt, bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
		case '０' <= r && r <= '９':
			b.WriteRune(r - '０' + '0')
		case r == ' ' || r == '-' || r == '　' || r == '\t':
		default:
			return "", false
		}
	}
	return Receipt(b.String()), b.Len() == receiptDigits
}

// digits turns a MAC into a receipt. 2^64 is so much more than 10^16 that the
// remainder favours no digit noticeably.
func digits(mac []byte) Receipt {
	const ten16 = 10_000_000_000_000_000
	return Receipt(fmt.Sprintf("%0*d", receiptDigits, binary.BigEndian.Uint64(mac)%ten16))
}

// mac computes an HMAC of parts, each preceded by its length, for one purpose.
func (s *Service) mac(purpose string, parts ...string) []byte {
	h := hmac.New(sha256.New, s.ReceiptKey)
	for _, p := range append([]string{purpose}, parts...) {
		_, _ = fmt.Fprintf(h, "%d:%s", len(p), p) // a hash never fails
	}
	return h.Sum(nil)
}

// receiptFor returns the receipt of a submission and what keeps the same
// submission from being stored twice. Without an idempotency key both are
// random. With one, both follow from key and content, so that the receipt
// can be given again although it is never stored, and nobody who knows only
// the key gets it.
func (s *Service) receiptFor(sub Submission) (Receipt, *string) {
	if sub.IdempotencyKey == "" {
		return digits(s.mac("receipt", rand.Text())), nil
	}
	content := sub.content()
	dedupe := hex.EncodeToString(s.mac("dedupe", content...))
	return digits(s.mac("receipt", content...)), &dedupe
}

// content is everything that a submission says under its idempotency key. Files
// are not in it: the same photo, sent again by a browser without JavaScript, is
// another upload.
func (s Submission) content() []string {
	c := []string{s.IdempotencyKey, s.Token, s.Region, s.Institution, s.Category, s.Narrative, s.Wish, s.About, strconv.FormatBool(s.AboutLeader),
		s.OccurredOn, string(s.Mode), s.ReporterName, s.ReporterPhone}
	if s.MaskVoice {
		c = append(c, "mask_voice")
	}
	for _, question := range slices.Sorted(maps.Keys(s.Answers)) {
		c = append(c, question, s.Answers[question])
	}
	return c
}

// stored is the form in which a receipt is kept.
func (s *Service) stored(r Receipt) string { return hex.EncodeToString(s.mac("stored", string(r))) }

// Resolve returns the report that a receipt opens. Whatever is wrong with the
// receipt, the answer is the same and takes the same time: the look-up is by
// the HMAC of what was given, never by comparing receipts.
func (s *Service) Resolve(ctx context.Context, receipt string) (id string, err error) {
	parsed, ok := ParseReceipt(receipt)
	mac := s.stored(parsed)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		id, err = db.Value[string](r, `select report_id from receipt where mac = $1`, mac)
		return err
	})
	if errors.Is(err, db.ErrNone) || err == nil && !ok {
		return "", fault.New(fault.NotFound, i18n.T("没有找到这个回执号", "there is no such receipt")).
			WithFix(i18n.T("请核对 16 位数字；回执号遗失后无法找回，可重新反映", "please check the 16 digits; a lost receipt cannot be recovered, but you may report again"))
	}
	if err != nil {
		return "", fmt.Errorf("intake.Resolve: %w", err)
	}
	return id, nil
}
