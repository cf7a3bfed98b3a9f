package app

import (
	"errors"
	"io/fs"
	"net"
	"syscall"

	"github.com/alecthomas/kong"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// trouble finds words for why a command ended: its own, or for what the machine
// refused. It is nil where nobody foresaw it.
func trouble(err error) *fault.Error {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*net.OpError](err); ok && e.Op == "listen" {
		return unheard(e)
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fault.New(fault.Unavailable, i18n.T("磁盘已满（%v）", "the disk is full (%v)"), err).
			WithFix(i18n.T("请腾出空间后再执行", "make room, then do it again"))
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fault.New(fault.Forbidden, i18n.T("读不到或写不进去（%v）", "something cannot be read or written (%v)"), err).
			WithFix(i18n.T("请用程序的用户执行（sudo -u qingfeng …），并核对文件夹归谁所有、磁盘是否只读", "do it as the program's user (sudo -u qingfeng …), and look whose the folder is and whether the disk is read-only"))
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok && errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.NotFound, i18n.T("没有这个文件：%s", "there is no file %s"), e.Path)
	}
	if _, ok := errors.AsType[*kong.ParseError](err); ok {
		return fault.New(fault.Invalid, i18n.T("命令写得不对：%v", "the command is not understood: %v"), err).
			WithFix(i18n.T("用法：qingfeng --help，或 qingfeng 命令 --help", "see qingfeng --help, or qingfeng COMMAND --help"))
	}
	return nil
}

// unheard says why an address cannot be listened on.
func unheard(e *net.OpError) *fault.Error {
	at := "--listen"
	if e.Addr != nil {
		at = e.Addr.String()
	}
	switch {
	case errors.Is(e, syscall.EADDRINUSE):
		return fault.New(fault.Conflict, i18n.T("地址 %s 已被别的程序占用", "the address %s is in use by another program"), at).
			WithFix(i18n.T("也许清风已经在运行；否则请用 --listen 换一个端口", "perhaps Qingfeng is running already; or choose another port with --listen"))
	case errors.Is(e, syscall.EACCES):
		return fault.New(fault.Forbidden, i18n.T("没有权限监听 %s", "this user may not listen on %s"), at).
			WithFix(i18n.T("1024 以下的端口须由系统服务授权（见 qingfeng.service），或用 --listen 换一个端口", "ports below 1024 need the capability that qingfeng.service gives; or choose another with --listen"))
	}
	return fault.New(fault.Invalid, i18n.T("监听不了：%v", "the program cannot listen: %v"), e).
		WithFix(i18n.T("--listen 要写成 127.0.0.1:8080 这样的本机地址和端口", "--listen is an address of this machine and a port, such as 127.0.0.1:8080"))
}
