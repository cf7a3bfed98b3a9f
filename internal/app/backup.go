package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/backup"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/keyring"
)

// backupCommand makes backups and looks at them.
type backupCommand struct {
	Make  backupMakeCommand  `cmd:"" default:"withargs" help:"Make a backup (the word may be left out)."`
	Check backupCheckCommand `cmd:"" help:"Read backups whole and say whether they are what they were."`
}

type backupMakeCommand struct {
	Place    `embed:""`
	Target   string `arg:"" help:"Folder of backups; made when it does not exist. Several backups share the files in it." type:"path"`
	WithKeys bool   `help:"Put the key ring into the backup too. Whoever gets hold of it then reads everything."`
}

// Run makes a backup and says what is in it.
func (c *backupMakeCommand) Run(ctx context.Context, w io.Writer) error {
	if err := c.exists(); err != nil {
		return err
	}
	s, err := caretaker(ctx, c.Place)
	if err != nil {
		return err
	}
	src := backup.Source{DB: s.DB, Blobs: s.Blobs, Tables: Tables(), Parts: s.tables(), Program: Version, Now: clock.System}
	if c.WithKeys {
		src.Keys = s.Place.Keys
	}
	made, err := backup.Make(ctx, src, c.Target)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	return c.tell(w, made)
}

func (c *backupMakeCommand) tell(w io.Writer, made backup.Made) error {
	path := filepath.Join(c.Target, made.Name)
	say(w, i18n.T("备份完成：%s", "The backup is complete: %s"), path)
	describe(w, made.Manifest)
	say(w, i18n.T("新拷贝文件 %.1f MB，其余与已有备份共用。", "%.1f MB of files were new; the others are shared with earlier backups."), float64(made.Copied)/1e6)
	if made.HasKeys() {
		say(w, i18n.T("备份中含有密钥（%s，权限 0600）：拿到它的人能读出一切，请像保管密钥一样保管。", "The key ring is in it (%s, mode 0600): whoever gets hold of it reads everything. Keep it as you keep the key."), filepath.Join(path, "keys"))
	} else {
		say(w, i18n.T("备份中没有密钥。请另行保存 %s：没有它，回执和密封内容都打不开。", "The key ring is not in it. Keep %s elsewhere: without it no receipt and no seal opens."), c.whole().Keys)
	}
	if made.Blobs.Lost > 0 {
		return fault.New(fault.Conflict, i18n.T("备份已完成并可使用，但有 %d 个文件在做备份前就已丢失", "the backup is complete and of use, but %d files had been lost before it was made"), made.Blobs.Lost).
			WithFix(i18n.T("请运行 qingfeng verify 查看是哪些，并从较早的备份找回", "qingfeng verify says which; an earlier backup may have them"))
	}
	return nil
}

// describe prints what a backup holds.
func describe(w io.Writer, m backup.Manifest) {
	var rows int64
	for _, t := range m.Tables {
		rows += t.Rows
	}
	say(w, i18n.T("%s：%d 张表 %d 行，%d 个文件 %.1f MB。", "%s: %d tables with %d rows, %d files with %.1f MB."),
		m.MadeAt.In(clock.Shanghai).Format("2006-01-02 15:04:05"), len(m.Tables), rows, m.Blobs.Kept, float64(m.Blobs.Bytes)/1e6)
	if m.Blobs.Gone > 0 {
		say(w, i18n.T("有 %d 个文件在备份过程中被删除，不在其中。", "%d files were deleted while it was made and are not in it."), m.Blobs.Gone)
	}
	if m.Blobs.Lost > 0 {
		say(w, i18n.T("有 %d 个文件在备份之前就已丢失，不在其中。", "%d files had been lost before it was made and are not in it."), m.Blobs.Lost)
	}
}

// caretaker opens the data of place for looking after them: it makes no table
// and opens no key, so that it can stand beside a running server.
func caretaker(ctx context.Context, place Place) (_ *System, err error) {
	s := &System{Place: place.whole(), Web: Web{Limits: "off"}, Now: clock.System, Keys: new(keyring.Ring)}
	s.Vault = crypt.NewVault(s.Keys, s.Now)
	if err := s.openStores(ctx); err != nil {
		return nil, err
	}
	if err := fault.First(s.openKit, s.wire); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

type backupCheckCommand struct {
	Target string `arg:"" help:"A backup, or a folder of backups." type:"path"`
}

// Run reads the backup, or all of a folder, and fails when one is damaged.
func (c *backupCheckCommand) Run(ctx context.Context, w io.Writer) error {
	newest, err := backup.Find(c.Target)
	if err != nil {
		return err
	}
	folders := []string{newest}
	if names, err := backup.Names(c.Target); err == nil && len(names) > 0 {
		folders = nil
		for _, name := range names {
			folders = append(folders, filepath.Join(c.Target, name))
		}
	}
	checker, bad := backup.NewChecker(), 0
	for _, folder := range folders {
		b, err := checker.Check(ctx, folder)
		switch {
		case ctx.Err() != nil:
			return err
		case err != nil:
			bad++
			_, _ = fmt.Fprintln(w, filepath.Base(folder)+" "+explain(err))
		default:
			describe(w, b.Manifest)
		}
	}
	if bad > 0 {
		return fault.New(fault.Conflict, i18n.T("%d 份备份中有 %d 份不能使用，见上", "of %d backups %d are of no use, see above"), len(folders), bad)
	}
	return nil
}

// restoreCommand fills an empty place.
type restoreCommand struct {
	Place  `embed:""`
	Source string `arg:"" help:"A backup, or a folder of backups: then the newest." type:"path"`
}

// Run checks the backup, then the place, and fills it.
func (c *restoreCommand) Run(ctx context.Context, w io.Writer) error {
	folder, err := backup.Find(c.Source)
	if err != nil {
		return err
	}
	b, err := backup.NewChecker().Check(ctx, folder)
	if err != nil {
		return err
	}
	if err := c.free(); err != nil {
		return err
	}
	if err := restore(ctx, b, c.Place); err != nil {
		return err
	}
	say(w, i18n.T("恢复完成：%s", "Restored: %s"), folder)
	describe(w, b.Manifest)
	if _, err := os.Stat(c.whole().Keys); err != nil {
		say(w, i18n.T("启动之前，请把原来的密钥文件放到 %s（权限 0600）。", "Before you start the program, put the key file of the original at %s (mode 0600)."), c.whole().Keys)
	}
	say(w, i18n.T("请运行 qingfeng verify 核对；它会说日志有多少条，再用 qingfeng log accept-restore 确认这次恢复，此前日志不签发。所有人都须重新登录。",
		"Run qingfeng verify now. It says how many leaves the log has: confirm the restore with qingfeng log accept-restore; until then the log signs nothing. Everybody signs in again."))
	return nil
}

// free refuses a data folder that holds anything but what a restore puts there;
// the database and the store of files are looked into by kit/backup.
func (p Place) free() error {
	found, err := os.ReadDir(p.Data)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	for _, e := range found {
		if !slices.Contains([]string{"keys", "blobs", "lost+found"}, e.Name()) && !strings.HasPrefix(e.Name(), sqliteFile) {
			return fault.New(fault.Conflict, i18n.T("数据目录 %s 不是空的：里面有 %s", "the data folder %s is not empty: it holds %s"), p.Data, e.Name()).
				WithFix(i18n.T("请用 --data 指定一个空目录", "name an empty folder with --data"))
		}
	}
	return nil
}

// restore fills the place with a backup that was checked.
func restore(ctx context.Context, b backup.Backup, place Place) (err error) {
	s := &System{Place: place}
	if err := s.settle(); err != nil {
		return err
	}
	if s, err = caretaker(ctx, place); err != nil {
		return err
	}
	return errors.Join(b.Restore(ctx, backup.Place{DB: s.DB, Blobs: s.Blobs, Parts: s.tables(), Keys: s.Place.Keys, Rebuild: s.rebuild}), s.Close())
}

// rebuild fills the tables that no backup holds.
func (s *System) rebuild(ctx context.Context) error {
	return s.Casework.IndexAll(authz.With(ctx, authz.System()))
}
