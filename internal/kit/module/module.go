// Package module says what a business area brings to the program. internal/app
// collects modules in one list and gives each part to the piece of the kit
// that serves it.
package module

import (
	"io/fs"

	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/verify"
)

// Module is one business area, as data.
type Module struct {
	Name       string
	Migrations fs.FS // 00001_name.sql …, at the root
	Endpoints  []httpapi.Endpoint
	Jobs       []job.Handler
	Periodic   []job.Periodic
	Settings   []config.Setting
	Checks     []verify.Check
}
