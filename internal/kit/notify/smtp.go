package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
)

// Security says how the connection to a mail server is encrypted.
type Security string

// The kinds of security.
const (
	STARTTLS Security = "starttls" // usually port 587 or 25
	TLS      Security = "tls"      // usually port 465
	Plain    Security = "none"     // for a server on the same machine
)

// Mail says how e-mail is sent.
type Mail struct {
	Host     string // of the mail server
	Port     int
	Security Security
	Username string // empty: the server asks for no login
	Password string
	From     string         // address, with or without a name
	Site     string         // address of the console, such as "https://qf.example.cn"
	Roots    *x509.CertPool // who may vouch for the server; nil: whom the system trusts
}

// SMTP delivers notifications as e-mail.
type SMTP struct {
	mail Mail
	from mail.Address
	now  clock.Clock
}

// deliveryTime is how long one delivery may take.
const deliveryTime = time.Minute

// NewSMTP returns the channel that sends as m says, or a fault when m cannot
// work.
func NewSMTP(m Mail, now clock.Clock) (*SMTP, error) {
	from, err := mail.ParseAddress(m.From)
	var bad fault.Fields
	bad.Refuse(m.Host == "", "host", i18n.T("请填写邮件服务器", "please name the mail server"))
	bad.Refuse(m.Port < 1 || m.Port > 65535, "port", i18n.T("端口应在 1 与 65535 之间", "the port must be between 1 and 65535"))
	bad.Refuse(!slices.Contains([]Security{STARTTLS, TLS, Plain}, m.Security), "security", i18n.T("加密方式应为 starttls、tls 或 none", "the security must be starttls, tls or none"))
	bad.Refuse(err != nil, "from", i18n.T("发件人地址无效", "the sender's address is not valid"))
	bad.Refuse(!isSite(m.Site), "site", i18n.T("系统网址应以 https:// 或 http:// 开头", "the address of the console must begin with https:// or http://"))
	if err := bad.Err(); err != nil {
		return nil, err
	}
	m.Site = strings.TrimSuffix(m.Site, "/")
	return &SMTP{m, *from, now}, nil
}

func isSite(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// Name implements Channel.
func (*SMTP) Name() string { return "smtp" }

// Deliver implements Channel. Somebody without an address gets nothing.
func (s *SMTP) Deliver(ctx context.Context, n Notification, to Address) (err error) {
	if to.Email == "" {
		return nil
	}
	defer fault.Wrap(&err, "notify.SMTP(%s)", s.mail.Host)
	person, err := mail.ParseAddress(to.Email)
	if err != nil {
		return job.Fatal(errors.New("the person's address is not valid"))
	}
	l := letter{from: s.from, to: *person, site: s.mail.Site, date: s.now().In(clock.Shanghai), message: n, lang: to.Lang, messageHost: host(s.from)}
	text, err := l.bytes()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, deliveryTime)
	defer cancel()
	c, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // what the server accepted it has
	return s.hand(c, person.Address, text)
}

// connect returns a connection that is encrypted and signed in.
func (s *SMTP) connect(ctx context.Context) (*smtp.Client, error) {
	conn, err := s.dial(ctx)
	if err != nil {
		return nil, err
	}
	c, err := smtp.NewClient(conn, s.mail.Host)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if err := s.greet(c); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (s *SMTP) dial(ctx context.Context) (conn net.Conn, err error) {
	address := net.JoinHostPort(s.mail.Host, strconv.Itoa(s.mail.Port))
	if s.mail.Security == TLS {
		conn, err = (&tls.Dialer{Config: s.tls()}).DialContext(ctx, "tcp", address)
	} else {
		conn, err = new(net.Dialer).DialContext(ctx, "tcp", address)
	}
	if err != nil {
		return nil, err
	}
	until, _ := ctx.Deadline()
	if err := conn.SetDeadline(until); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func (s *SMTP) tls() *tls.Config {
	return &tls.Config{ServerName: s.mail.Host, RootCAs: s.mail.Roots, MinVersion: tls.VersionTLS12}
}

// greet says hello, encrypts and signs in.
func (s *SMTP) greet(c *smtp.Client) error {
	if err := c.Hello(host(s.from)); err != nil {
		return err
	}
	if s.mail.Security == STARTTLS {
		if offered, _ := c.Extension("STARTTLS"); !offered {
			return errors.New("the mail server offers no STARTTLS")
		}
		if err := c.StartTLS(s.tls()); err != nil {
			return err
		}
	}
	if s.mail.Username == "" {
		return nil
	}
	return c.Auth(smtp.PlainAuth("", s.mail.Username, s.mail.Password, s.mail.Host))
}

// hand gives the server one letter.
func (s *SMTP) hand(c *smtp.Client, to string, text []byte) error {
	if err := c.Mail(s.from.Address); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return unknownMailbox(err)
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	// The letter is accepted; a server that does not say goodbye changes nothing.
	_ = c.Quit()
	return nil
}

// unknownMailbox makes an error fatal when the server says that the mailbox
// does not exist (RFC 5321, 4.2.3). The server's words may repeat the address,
// so they go no further.
func unknownMailbox(err error) error {
	e, ok := errors.AsType[*textproto.Error](err)
	if !ok {
		return err
	}
	refused := fmt.Errorf("the mail server refuses the recipient with code %d", e.Code)
	if slices.Contains([]int{550, 551, 553}, e.Code) {
		return job.Fatal(refused)
	}
	return refused
}

// host is the right half of an address.
func host(a mail.Address) string {
	_, right, _ := strings.Cut(a.Address, "@")
	return right
}
