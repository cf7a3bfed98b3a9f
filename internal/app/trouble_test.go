package app

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What the machine refuses is told in words that say what to do, in both languages.
func TestWhatTheMachineRefuses(t *testing.T) {
	t.Setenv("LANG", "en")
	data, missing := t.TempDir(), filepath.Join(t.TempDir(), "none")
	if code, _, complaint := run(t, "setup", "370200", "--data", data); code != 0 {
		t.Fatal(complaint)
	}
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	at := taken.Addr().String()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "in the way")
	for _, c := range []struct {
		args   []string
		zh, en string
	}{
		{[]string{"serve", "--data", data, "--listen", at}, "地址 " + at + " 已被别的程序占用", at + " is in use"},
		{[]string{"serve", "--data", data, "--listen", "nowhere"}, "监听不了", "such as 127.0.0.1:8080"},
		{[]string{"serve", "--data", data, "--passphrase-file", missing}, "没有这个文件：" + missing, "there is no file " + missing},
		{[]string{"verify", "--data", data, "--checkpoint", missing}, "没有这个文件：" + missing, "there is no file " + missing},
		{[]string{"verify", "--data", data, "--database", "mysql://x"}, "要以 postgres:// 开头", "begins with postgres://"},
		{[]string{"verify", "--data", data, "--database", "postgres://u:hidden@" + at + "/x?connect_timeout=1&sslmode=disable"}, "连不上数据库", "cannot be reached"},
		{[]string{"nonsense"}, "命令写得不对", "see qingfeng --help"},
		{nil, "命令写得不对", "see qingfeng --help"},
	} {
		for lang, want := range map[string]string{"zh_CN.UTF-8": c.zh, "en": c.en} {
			t.Setenv("LANG", lang)
			if code, _, complaint := run(t, c.args...); code != 1 || !strings.Contains(complaint, want) || strings.Contains(complaint, "hidden") {
				t.Errorf("%v: %d, want %q in %s", c.args, code, want, complaint)
			}
		}
	}
}

// A folder in which the program may not write is named as such. The superuser may
// write everywhere, so the program runs as somebody else then.
func TestFolderThatCannotBeWritten(t *testing.T) {
	home, err := os.MkdirTemp("", "qingfeng-shut-") //nolint:usetesting // nobody else may look into t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	shut, binary := filepath.Join(home, "shut"), filepath.Join(home, "qingfeng")
	if err := errors.Join(os.Chmod(home, 0o755), os.Mkdir(shut, 0o555), os.Link(program(t), binary)); err != nil { //nolint:gosec // for anybody to pass through
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "setup", "370200", "--data", filepath.Join(shut, "data"))
	cmd.Env = append(os.Environ(), "LANG=en")
	if os.Geteuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	if said, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(said), "cannot be read or written") {
		t.Errorf("%v: %s", err, said)
	}
}
