package notify

import (
	"bytes"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"qingfeng/internal/kit/i18n"
)

// letter is an e-mail before it is written down.
type letter struct {
	from, to    mail.Address
	site        string // put before links
	date        time.Time
	message     Notification
	lang        i18n.Lang
	messageHost string // right half of the Message-ID
}

// footer stands under every e-mail.
var footer = i18n.T("此邮件由系统自动发送，请勿回复。", "This message was sent automatically; please do not reply.")

// bytes writes the letter as RFC 5322 and RFC 2045 ask: every header in ASCII
// and on lines of its own, whatever the texts hold.
func (l letter) bytes() ([]byte, error) {
	var b bytes.Buffer
	for _, h := range []struct{ name, value string }{
		{"From", l.from.String()},
		{"To", l.to.String()},
		{"Subject", subject(l.message.Title.In(l.lang))},
		{"Date", l.date.Format(time.RFC1123Z)},
		{"Message-ID", "<" + l.message.ID + "@" + l.messageHost + ">"},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", h.name, h.value)
	}
	b.WriteString("\r\n")
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(l.text())); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// text is what the person reads.
func (l letter) text() string {
	parts := []string{l.message.Title.In(l.lang)}
	if body := l.message.Body.In(l.lang); body != "" {
		parts = append(parts, body)
	}
	if l.message.Link != "" {
		parts = append(parts, l.site+l.message.Link)
	}
	return strings.Join(append(parts, "-- \n"+footer.In(l.lang)), "\n\n") + "\n"
}

// subject encodes a title and breaks its line between encoded words.
func subject(title string) string {
	oneLine := strings.Join(strings.Fields(title), " ")
	return strings.ReplaceAll(mime.BEncoding.Encode("utf-8", oneLine), "?= =?", "?=\r\n =?")
}
