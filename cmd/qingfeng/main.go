// Qingfeng 清风 hears complaints in hospitals and follows each to its end.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"qingfeng/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
