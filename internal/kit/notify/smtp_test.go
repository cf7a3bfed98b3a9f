package notify_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/notify"
)

// mailbox is a mail server with one user, "qf" with the password "geheim",
// that asks for a login and keeps what it accepts.
type mailbox struct {
	mu      sync.Mutex
	letters []string
	refuse  *smtp.SMTPError // answer to every recipient
	port    int
	roots   *x509.CertPool
}

// serve starts a mail server for the length of the test.
func serve(t *testing.T, security notify.Security) *mailbox {
	t.Helper()
	certified := httptest.NewTLSServer(nil) // lends its certificate for 127.0.0.1
	defer certified.Close()
	m := &mailbox{roots: x509.NewCertPool()}
	m.roots.AddCert(certified.Certificate())
	server := smtp.NewServer(m)
	server.Domain, server.AllowInsecureAuth = "mail.example.com", security == notify.Plain
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.port = listener.Addr().(*net.TCPAddr).Port
	config := &tls.Config{Certificates: certified.TLS.Certificates, MinVersion: tls.VersionTLS12}
	switch security {
	case notify.STARTTLS:
		server.TLSConfig = config
	case notify.TLS:
		listener = tls.NewListener(listener, config)
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = listener.Close() // which the server may not know yet
		_ = server.Close()
		<-done
	})
	return m
}

func (m *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &session{m: m}, nil }

type session struct {
	m      *mailbox
	signed bool
}

func (*session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		if username != "qf" || password != "geheim" {
			return smtp.ErrAuthFailed
		}
		s.signed = true
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if !s.signed {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(string, *smtp.RcptOptions) error {
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	if s.m.refuse != nil {
		return s.m.refuse
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	s.m.letters = append(s.m.letters, string(text))
	return err
}

func (*session) Reset() {}

func (*session) Logout() error { return nil }

func (m *mailbox) answer(e *smtp.SMTPError) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refuse = e
}

func (m *mailbox) arrived() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.letters
}

func account(m *mailbox, security notify.Security) notify.Mail {
	return notify.Mail{Host: "127.0.0.1", Port: m.port, Security: security, Username: "qf", Password: "geheim", From: "清风 <qf@example.com>", Site: "https://qf.example.cn", Roots: m.roots}
}

func channel(t *testing.T, m notify.Mail) *notify.SMTP {
	t.Helper()
	c, err := notify.NewSMTP(m, begin().now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLetterArrives(t *testing.T) {
	for _, security := range []notify.Security{notify.STARTTLS, notify.TLS, notify.Plain} {
		t.Run(string(security), func(t *testing.T) {
			m := serve(t, security)
			n := notice()
			n.Title = i18n.T("事项超期："+strings.Repeat("市第一人民医院", 12), "x")
			n.Body = i18n.T("请今天办结。\n.\n编号 QF-990102-20260728-000123 = 超期 2 天", "x")
			if err := channel(t, account(m, security)).Deliver(t.Context(), n, notify.Address{Email: "王 <wang@example.com>", Lang: i18n.ZH}); err != nil {
				t.Fatal(err)
			}
			if len(m.arrived()) != 1 {
				t.Fatalf("%d letters arrived", len(m.arrived()))
			}
			checkLetter(t, m.arrived()[0], n)
		})
	}
}

// checkLetter reads a letter as a mail program would.
func checkLetter(t *testing.T, raw string, n notify.Notification) {
	t.Helper()
	for line := range strings.SplitSeq(raw, "\r\n") {
		if len(line) > len("Subject: ")+75 || strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
			t.Errorf("line of %d bytes: %s", len(line), line)
		}
	}
	msg, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	from, err1 := msg.Header.AddressList("From")
	to, err2 := msg.Header.AddressList("To")
	date, err3 := msg.Header.Date()
	subject, err4 := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	body, err5 := io.ReadAll(quotedprintable.NewReader(msg.Body))
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(body), "\r\n", "\n")
	if from[0].Name != "清风" || to[0].Name != "王" || to[0].Address != "wang@example.com" || !date.Equal(begin().at) || subject != n.Title.ZH {
		t.Errorf("headers %v", msg.Header)
	}
	if want := n.Title.ZH + "\n\n" + n.Body.ZH + "\n\nhttps://qf.example.cn/cases/1\n\n-- \n此邮件由系统自动发送，请勿回复。\n"; text != want {
		t.Errorf("text %q, want %q", text, want)
	}
	if msg.Header.Get("Message-ID") != "<0198@example.com>" || msg.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("headers %v", msg.Header)
	}
}

// A title cannot add headers.
func TestTitleStaysInItsLine(t *testing.T) {
	m := serve(t, notify.STARTTLS)
	n := notice()
	n.Title = i18n.T("x", "Overdue\r\nBcc: all@example.com\r\n\r\nhello")
	n.Link = ""
	if err := channel(t, account(m, notify.STARTTLS)).Deliver(t.Context(), n, notify.Address{Email: "smith@example.com", Lang: i18n.EN}); err != nil {
		t.Fatal(err)
	}
	msg, err := mail.ReadMessage(strings.NewReader(m.arrived()[0]))
	if err != nil || msg.Header.Get("Bcc") != "" || msg.Header.Get("Subject") != "Overdue Bcc: all@example.com hello" {
		t.Errorf("%v, %v", msg, err)
	}
}

func TestLettersThatDoNotLeave(t *testing.T) {
	for name, c := range map[string]struct {
		server notify.Security
		spoil  func(*notify.Mail)
	}{
		"wrong password":        {notify.STARTTLS, func(m *notify.Mail) { m.Password = "x" }},
		"no login":              {notify.STARTTLS, func(m *notify.Mail) { m.Username = "" }},
		"unknown certificate":   {notify.STARTTLS, func(m *notify.Mail) { m.Roots = x509.NewCertPool() }},
		"certificate on TLS":    {notify.TLS, func(m *notify.Mail) { m.Roots = x509.NewCertPool() }},
		"STARTTLS not offered":  {notify.Plain, func(m *notify.Mail) { m.Security = notify.STARTTLS }},
		"no server at the port": {notify.Plain, func(m *notify.Mail) { m.Port = 1 }},
	} {
		t.Run(name, func(t *testing.T) {
			m := serve(t, c.server)
			a := account(m, c.server)
			c.spoil(&a)
			err := channel(t, a).Deliver(t.Context(), notice(), notify.Address{Email: "wang@example.com"})
			if err == nil || len(m.arrived()) != 0 || strings.Contains(err.Error(), "geheim") {
				t.Errorf("%v, %d letters", err, len(m.arrived()))
			}
		})
	}
}

func TestPersonWithoutAddressGetsNoLetter(t *testing.T) {
	c := channel(t, account(&mailbox{port: 1}, notify.STARTTLS))
	if err := c.Deliver(t.Context(), notice(), notify.Address{}); err != nil {
		t.Error(err)
	}
}

// A busy server is asked again; a mailbox that does not exist is not.
func TestRefusedRecipients(t *testing.T) {
	m := serve(t, notify.STARTTLS)
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	h := begin()
	o := open(d, h, channel(t, account(m, notify.STARTTLS)))
	dead := func() (letters []job.Letter) {
		err := d.Read(t.Context(), func(r db.Reader) (err error) {
			letters, err = job.Dead(r)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return letters
	}
	m.answer(&smtp.SMTPError{Code: 451, Message: "wang@example.com: later"})
	o.send(t, overdue("wang"))
	if err := o.queue.RunDue(t.Context()); err == nil || len(dead()) != 0 {
		t.Fatalf("got %v, dead %v", err, dead())
	}
	m.answer(nil)
	h.at = h.at.Add(time.Hour)
	if err := o.queue.RunDue(t.Context()); err != nil || len(m.arrived()) != 1 {
		t.Fatalf("%v, %d letters", err, len(m.arrived()))
	}
	m.answer(&smtp.SMTPError{Code: 550, Message: "wang@example.com: unknown"})
	o.send(t, overdue("wang"))
	if err := o.queue.RunDue(t.Context()); err == nil || strings.Contains(err.Error(), "wang@") {
		t.Errorf("got %v", err)
	}
	if len(dead()) != 1 {
		t.Errorf("dead %v", dead())
	}
}

func TestMailThatCannotWorkIsRefused(t *testing.T) {
	for field, spoil := range map[string]func(*notify.Mail){
		"host":     func(m *notify.Mail) { m.Host = "" },
		"port":     func(m *notify.Mail) { m.Port = 65536 },
		"security": func(m *notify.Mail) { m.Security = "" },
		"from":     func(m *notify.Mail) { m.From = "qf" },
		"site":     func(m *notify.Mail) { m.Site = "" },
	} {
		a := account(&mailbox{port: 25}, notify.STARTTLS)
		spoil(&a)
		_, err := notify.NewSMTP(a, begin().now)
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Field != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
}
