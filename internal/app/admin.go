package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// setupCommand is the first thing that whoever installs the program does.
type setupCommand struct {
	Place      `embed:""`
	Region     string `arg:"" help:"Region of the health commission, six digits of GB/T 2260."`
	Commission string `help:"Name of the health commission; without it, made from the region's name."`
}

// Run makes the commission and the three administrators and prints their
// one-time passwords.
func (c *setupCommand) Run(ctx context.Context, w io.Writer) error {
	return at(ctx, c.Place, func(s *System) error {
		made, err := s.Org.SetUp(ctx, org.Beginning{Region: c.Region, Commission: c.Commission})
		if err != nil {
			return err
		}
		if err := showCredentials(w, made...); err != nil {
			return err
		}
		_, err = fmt.Fprintln(w, "\n"+i18n.T(
			"以上是一次性密码，一周内有效，请分别交给三个人；首次登录后须改密码。现在可以启动：qingfeng serve",
			"These are one-time passwords, good for a week, for three people; each is changed at the first login. Now start the program: qingfeng serve").In(terminalLang()))
		return err
	})
}

// userCommand looks after accounts when nobody can sign in to do it.
type userCommand struct {
	List  userListCommand  `cmd:"" help:"List the accounts."`
	Reset userResetCommand `cmd:"" help:"Give an account a new one-time password, good for a day, and wake it when it sleeps."`

	Factors userFactorsCommand `cmd:"" help:"Take an account's second factors away, when they are lost."`
	Unlink  userUnlinkCommand  `cmd:"" help:"Forget who an account is at the provider of single sign-on."`
	Appoint userAppointCommand `cmd:"" help:"Give an account a role, such as that of an administrator."`
}

type userResetCommand struct {
	Account `embed:""`
}

// Run prints the new one-time password.
func (c *userResetCommand) Run(ctx context.Context, w io.Writer) error {
	return c.at(ctx, func(s *System) error {
		made, err := s.Org.ResetByName(ctx, c.Username)
		if err != nil {
			return err
		}
		return showCredentials(w, made)
	})
}

// Account is whom a command is about, on the data of a place.
type Account struct {
	Place    `embed:""`
	Username string `arg:"" help:"Name of the account."`
}

// at opens the program and does one thing, if there is a program.
func (c *Account) at(ctx context.Context, do func(*System) error) error {
	if err := c.exists(); err != nil {
		return err
	}
	return at(ctx, c.Place, do)
}

type userFactorsCommand struct {
	Account `embed:""`
}

// Run takes the second factors away.
func (c *userFactorsCommand) Run(ctx context.Context, w io.Writer) error {
	return c.at(ctx, func(s *System) error {
		if err := s.Org.ForgetFactors(ctx, c.Username); err != nil {
			return err
		}
		say(w, i18n.T("%s 的第二重验证已解除，下次登录只凭密码，规定须用的会要求重新绑定。", "The second step of %s is taken away: the password alone signs in, and a new one is asked for where the role needs it."), c.Username)
		return nil
	})
}

type userUnlinkCommand struct {
	Account `embed:""`
}

// Run unlinks the account.
func (c *userUnlinkCommand) Run(ctx context.Context, w io.Writer) error {
	return c.at(ctx, func(s *System) error {
		if err := s.Org.ForgetIdentity(ctx, c.Username); err != nil {
			return err
		}
		say(w, i18n.T("%s 已与统一身份认证解除关联，登录状态已全部结束。", "%s is not linked with single sign-on any more, and signed out everywhere."), c.Username)
		return nil
	})
}

type userAppointCommand struct {
	Account `embed:""`
	Role    string `arg:"" help:"Key of the role, such as audit_admin."`
	Path    string `arg:"" optional:"" default:"/" help:"Path of the region or unit at which it is held; without it, everywhere."`
}

// Run grants the role.
func (c *userAppointCommand) Run(ctx context.Context, w io.Writer) error {
	return c.at(ctx, func(s *System) error {
		if _, err := s.Org.Appoint(ctx, c.Username, org.NewGrant{Role: c.Role, Path: c.Path}); err != nil {
			return err
		}
		say(w, i18n.T("已授予 %s 角色 %s。", "%s holds the role %s now."), c.Username, c.Role)
		return nil
	})
}

type userListCommand struct {
	Place `embed:""`
}

// Run prints every account with its name and unit.
func (c *userListCommand) Run(ctx context.Context, w io.Writer) error {
	if err := c.exists(); err != nil {
		return err
	}
	ctx = authz.With(ctx, authz.System())
	return at(ctx, c.Place, func(s *System) error {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		ask := org.ListStaff{Account: true, Closed: true}
		for {
			page, err := s.Org.ListStaff(ctx, ask)
			if err != nil {
				return err
			}
			for _, p := range page.Items {
				_, _ = fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", p.Username, p.Name, p.UnitName, accountState(p).In(terminalLang()))
			}
			if page.Next == "" {
				return t.Flush()
			}
			ask.Query = list.Query{Cursor: page.Next}
		}
	})
}

func accountState(p org.Person) i18n.Text {
	switch {
	case !p.ClosedAt.IsZero():
		return i18n.T("已停用", "closed")
	case !p.DormantAt.IsZero():
		return i18n.T("休眠", "asleep")
	case p.MustChange:
		return i18n.T("一次性密码", "one-time password")
	}
	return i18n.T("正常", "open")
}

// at opens the program on the data of place, does one thing and closes it.
func at(ctx context.Context, place Place, do func(*System) error) error {
	s, err := Open(ctx, place, Web{Limits: "on"}, clock.System)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

func showCredentials(w io.Writer, made ...org.Credentials) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, c := range made {
		_, _ = fmt.Fprintf(t, "%s\t%s\n", c.Username, c.Password)
	}
	return t.Flush()
}
