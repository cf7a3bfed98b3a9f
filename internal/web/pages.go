package web

import (
	"net/http"
	"sync"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/kit/upload"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/web/console"
)

// Puzzles tells what work a place asks for at present, and whether it was done.
type Puzzles interface {
	Puzzle(purpose, place string) limit.Puzzle
	Ask(purpose, place string, s limit.Solution) error
}

// Deps is what the pages stand on.
type Deps struct {
	DB       *db.DB
	Now      clock.Clock
	Intake   *intake.Service
	Casework *casework.Service
	// Inspections has the witnesses of draws take part, and with Campaigns and
	// Sanctions tells what is public.
	Inspections *inspection.Service
	Campaigns   *campaign.Service
	Sanctions   *sanction.Service
	Uploads     *upload.Service
	Gate        Puzzles
	// MayUpload counts one more file of whoever sends the request, and refuses
	// when they were too many.
	MayUpload func(*http.Request) error
	// URL is the address that people use, without a slash at the end; empty
	// takes the one by which a request came.
	URL string
}

// Pages serves people without an account.
type Pages struct {
	Deps
	assets  *shelf
	console *shelf
	packers sync.Pool // of *gzip.Writer, which are expensive to make
	// checking has a place for each record of a draw that is checked at a time.
	checking chan struct{}
}

// New returns the pages.
func New(d Deps) *Pages {
	return &Pages{Deps: d, assets: newShelf(assetFiles()), console: newShelf(console.Files()), checking: make(chan struct{}, mostChecked)}
}

// Mount puts every page on mux, and a page for whatever is not there.
func (p *Pages) Mount(mux *http.ServeMux) {
	for pattern, h := range map[string]handler{
		"GET /{$}":                              p.front,
		"GET /q/{token}":                        p.openForm,
		"GET /q/{$}":                            p.openForm,
		"POST /q/{token}":                       p.submit,
		"POST /q/{$}":                           p.submit,
		"GET /r":                                p.askReceipt,
		"GET /r/{act}":                          p.backToReceipt,
		"POST /r":                               p.showProgress,
		"POST /r/slip":                          p.showSlip,
		"POST /r/file":                          p.saveFile,
		"POST /r/{act}":                         p.act,
		"GET " + campaign.SelfPage + "{token}":  p.selfForm,
		"POST " + campaign.SelfPage + "{token}": p.sendSelf,
		"GET /directory":                        p.directory,
		"GET /privacy":                          p.privacy,
		"GET " + witnessAt + "{token}":          p.witness,
		"POST " + witnessAt + "{token}":         p.takePart,
		"GET " + logAt:                          p.publicLog,
		"GET " + publicAt:                       p.board,
		"GET " + campaignsAt:                    p.campaigns,
		"GET " + campaignsAt + "/{id}":          p.campaign,
		"GET " + drawsAt:                        p.draws,
		"GET " + drawsAt + "/{id}":              p.draw,
		"GET " + drawsAt + "/{id}/file":         p.drawFile,
		"GET " + drawsAt + "/{id}/check":        p.checkPublished,
		"GET " + checkAt:                        p.askRecord,
		"POST " + checkAt:                       p.checkRecord,
		"GET " + resultsAt:                      p.results,
		"GET " + sanctionsAt:                    p.sanctions,
		"GET " + sanctionsAt + "/{id}":          p.sanction,
		"GET " + typicalsAt:                     p.typicals,
		"GET " + typicalsAt + "/{id}":           p.typical,
		"GET /assets/{name}":                    p.asset,
		"GET /console/":                         p.serveConsole,
		"/":                                     p.nowhere(mux),
	} {
		mux.Handle(pattern, p.on(h))
	}
	mux.Handle("GET "+logAt+"/{$}", http.RedirectHandler(logAt, http.StatusMovedPermanently))
	mux.Handle("GET /q", http.RedirectHandler("/q/", http.StatusMovedPermanently))
	mux.Handle("GET /console", http.RedirectHandler("/console/", http.StatusMovedPermanently))
}

// handler answers a request, or returns why it cannot.
type handler func(http.ResponseWriter, *http.Request) error

func (p *Pages) on(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			p.Refuse(w, r, err)
		}
	})
}

// base is the address under which the person reached the program.
func (p *Pages) base(r *http.Request) string {
	if p.URL != "" {
		return p.URL
	}
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
