package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/verify"
)

// Version is the program's version; the build sets it.
const Version = "0.1.0"

// Place says where the program keeps things. Each flag can also be given in
// the environment, as QINGFENG_DATA and so on.
type Place struct {
	Data     string `help:"Folder of the program's data." default:"var/data" env:"QINGFENG_DATA" type:"path"`
	Database string `help:"PostgreSQL as postgres://…; without it, a SQLite file in the data folder." env:"QINGFENG_DATABASE"`
	Blob     string `help:"Object store as s3://bucket…; without it, a folder in the data folder." env:"QINGFENG_BLOB"`
	Keys     string `help:"Key file; without it, keys/ring in the data folder." env:"QINGFENG_KEYS" type:"path"`

	LogNote string `help:"File where this server notes what the log signed last; without it, beside the key file." env:"QINGFENG_LOG_NOTE" type:"path"`

	Passphrase     string `help:"Passphrase of a locked key file; best given as QINGFENG_PASSPHRASE." env:"QINGFENG_PASSPHRASE"`
	PassphraseFile string `help:"File whose first line is that passphrase." env:"QINGFENG_PASSPHRASE_FILE"`

	options []db.Option
	hasher  *authn.Hasher // instead of the program's own
}

// whole is the place with what was left out filled in: everything that is not
// elsewhere lies in the data folder.
func (p Place) whole() Place {
	p.Database, p.Keys, p.Blob = p.database(), p.keyFile(), cmp.Or(p.Blob, filepath.Join(p.Data, "blobs"))
	return p
}

// exists refuses a data folder that holds no database: a command that looks
// after data, or serves it, must not make an empty one where the path was
// mistyped.
func (p Place) exists() error {
	if p.Database != "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(p.Data, sqliteFile)); err != nil {
		return fault.New(fault.NotFound, i18n.T("%s 里没有数据库", "there is no database in %s"), p.Data).
			WithFix(i18n.T("请核对 --data；新装系统请先执行 qingfeng setup", "check --data; to begin, use qingfeng setup"))
	}
	return nil
}

// database is the address of the database.
func (p Place) database() string {
	if p.Database == "" {
		return filepath.Join(p.Data, sqliteFile)
	}
	return p.Database
}

// Web says how the program is reached.
type Web struct {
	Listen      string `help:"Address to listen on." default:"127.0.0.1:8080" env:"QINGFENG_LISTEN"`
	URL         string `help:"Address that people use, such as https://12345.example.org; printed on posters. Requests under another name are refused." env:"QINGFENG_URL"`
	AlsoAt      string `help:"Further names of the program, parted by commas, such as one on old posters; they lead to --url." env:"QINGFENG_ALSO_AT"`
	ProxyFrom   string `help:"Networks of the web servers in front, parted by commas: what these write into X-Forwarded-For is taken as the sender's address." default:"127.0.0.0/8,::1/128" env:"QINGFENG_PROXY_FROM"`
	MetricsFrom string `help:"Networks, parted by commas, that may read /metrics besides this machine." env:"QINGFENG_METRICS_FROM"`
	HSTS        int    `help:"Days for which browsers insist on https for the host of --url; 0 has them forget it." default:"1" env:"QINGFENG_HSTS"`
	Limits      string `help:"off switches proof-of-work and rate limits off, for load tests." enum:"on,off" default:"on" env:"QINGFENG_LIMITS"`
	Workers     int    `help:"Background jobs at a time." default:"4" env:"QINGFENG_WORKERS"`
	SMTP        string `help:"Mail server as smtp://user:password@host:port?from=…; without it no mail is sent. Needs --url." env:"QINGFENG_SMTP"`

	Witness []string `help:"Public key of a witness whose signatures on the log's checkpoints are taken; may be repeated." env:"QINGFENG_WITNESS"`

	Webhook        string `help:"Address that is called for every notification, as https://…. Needs --url." env:"QINGFENG_WEBHOOK"`
	WebhookSecret  string `help:"Secret that signs the calls, at least 16 characters." env:"QINGFENG_WEBHOOK_SECRET"`
	WebhookPrivate bool   `help:"Let the webhook reach addresses of the own network." env:"QINGFENG_WEBHOOK_PRIVATE"`

	SSO SSO `embed:"" prefix:"sso-"`
	TLS TLS `embed:"" prefix:"tls-"`
}

type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the program."`
	Demo    demoCommand    `cmd:"" help:"Make a demo city and serve it."`
	Setup   setupCommand   `cmd:"" help:"Begin: make the health commission and the three administrators."`
	User    userCommand    `cmd:"" help:"Accounts, when nobody can sign in to see to them."`
	Keys    keysCommand    `cmd:"" help:"The key file that seals identities and sensitive words."`
	Migrate migrateCommand `cmd:"" help:"Bring the tables to this version and stop."`
	Backup  backupCommand  `cmd:"" help:"Copy everything into a folder of backups while the server runs, or look at such copies."`
	Restore restoreCommand `cmd:"" help:"Fill an empty place with a backup."`
	Verify  verifyCommand  `cmd:"" help:"Re-read everything that is stored and re-check every invariant."`
	Posters postersCommand `cmd:"" help:"Write posters of the codes of an institution or region into a PDF file."`
	Receipt receiptCommand `cmd:"" help:"Check receipt files."`
	Plan    planCommand    `cmd:"" help:"Read plans of campaigns."`
	Draw    drawCommand    `cmd:"" help:"Check published draws."`
	Log     logCommand     `cmd:"" help:"The transparency log: public key and signed heads."`
	Openapi openapiCommand `cmd:"" help:"Print the OpenAPI document." name:"openapi"`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// description is what the program is, for its help.
const description = "Qingfeng 清风: complaints in hospitals, heard and handled."

// Run runs the program with the given arguments and returns its exit code.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	slog.SetDefault(slog.New(slog.NewJSONHandler(stderr, nil)))
	var c commands
	code, done := 0, false
	parser, err := kong.New(&c, kong.Name("qingfeng"), kong.Description(description),
		kong.Writers(helpIn(terminalLang(), stdout), stderr), kong.Exit(func(n int) { code, done = n, true }), kong.BindTo(ctx, (*context.Context)(nil)), kong.BindTo(stdout, (*io.Writer)(nil)))
	if err != nil {
		panic(err) // the commands are compiled in
	}
	if terminalLang() != i18n.EN {
		chineseHelp(parser.Model.Node)
	}
	k, err := parser.Parse(args)
	if done { // help was asked for, and is printed
		return code
	}
	if err == nil {
		err = k.Run()
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "qingfeng:", explain(err))
		if _, ok := errors.AsType[uncheckedError](err); ok {
			return codeUnchecked
		}
		return 1
	}
	return code
}

// explain shows a fault in the language of the terminal, with what to do.
func explain(err error) string {
	e := trouble(err)
	if e == nil {
		return err.Error()
	}
	lang := terminalLang()
	return strings.TrimSpace(e.Text.In(lang) + "\n" + e.Fix.In(lang))
}

// terminalLang is the language of the terminal: Chinese unless it says English.
func terminalLang() i18n.Lang { return i18n.Parse(os.Getenv("LANG")) }

type serveCommand struct {
	Place `embed:""`
	Web   `embed:""`
}

// Run serves until the context ends.
func (c *serveCommand) Run(ctx context.Context) error {
	if err := c.exists(); err != nil {
		return err
	}
	s, err := Open(ctx, c.Place, c.Web, clock.System)
	if err != nil {
		return err
	}
	return s.Serve(ctx, func(base string) { slog.InfoContext(ctx, "serving", "url", base) })
}

type migrateCommand struct {
	Place `embed:""`
}

// Run brings the tables to this version.
func (c *migrateCommand) Run(ctx context.Context) error {
	s, err := Open(ctx, c.Place, Web{Limits: "on"}, clock.System)
	if err != nil {
		return err
	}
	return errors.Join(s.Log.Adopt(ctx), s.Close())
}

type verifyCommand struct {
	Place      `embed:""`
	Checkpoint string `help:"File of a checkpoint that was kept elsewhere: the log must extend it." type:"existingfile"`
}

// Run checks every invariant and fails when one is broken.
func (c *verifyCommand) Run(ctx context.Context, w io.Writer) error {
	return atExisting(ctx, c.Place, func(s *System) error {
		wrong, err := verify.All(ctx, s.DB, w, s.Checks())
		if err == nil {
			err = c.extends(ctx, s)
		}
		if err == nil && wrong > 0 {
			err = fault.New(fault.Conflict, i18n.T("发现 %d 处不一致，见上", "%d things are wrong, see above"), wrong)
		}
		return err
	})
}

// extends compares the log with a checkpoint, if one was given.
func (c *verifyCommand) extends(ctx context.Context, s *System) error {
	kept, err := readIf(c.Checkpoint)
	if err != nil || kept == "" {
		return err
	}
	return s.Log.Extends(ctx, kept)
}

type openapiCommand struct{}

// Run prints the specification; it needs no data.
func (openapiCommand) Run(ctx context.Context, w io.Writer) error {
	dir, err := os.MkdirTemp("", "qingfeng-openapi-")
	if err != nil {
		return fmt.Errorf("openapi: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := Open(ctx, Place{Data: filepath.Join(dir, "data")}, Web{Limits: "on"}, clock.Fixed(time.Unix(0, 0)))
	if err != nil {
		return err
	}
	text, err := s.API.Specification()
	if err == nil {
		_, err = w.Write(text)
	}
	return errors.Join(err, s.Close())
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(w io.Writer) error {
	_, err := fmt.Fprintln(w, "qingfeng", Version)
	return err
}
