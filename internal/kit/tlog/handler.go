package tlog

import (
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

const (
	// maxNote is the largest checkpoint that a witness may send, in bytes.
	maxNote = 16 << 10

	plain  = "text/plain; charset=utf-8"
	octets = "application/octet-stream"

	forever = "public, max-age=31536000, immutable"
	shortly = "public, max-age=10"
)

// Mount serves the log below /log/.
func (l *Log) Mount(mux *http.ServeMux) {
	for pattern, h := range map[string]func(*http.Request) (answer, error){
		"GET /log/checkpoint":              l.serveCheckpoint,
		"GET /log/key":                     l.serveKey,
		"GET /log/tile/{path...}":          l.serveTile,
		"GET /log/proof/{leaf}":            l.serveProof,
		"GET /log/consistency/{old}/{new}": l.serveConsistency,
		"POST /log/cosignature":            l.takeCosignature,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			a, err := answer{}, l.closed()
			if err == nil {
				a, err = h(r)
			}
			if err != nil {
				w.Header().Set("Cache-Control", "no-store")
				httpapi.WriteProblem(w, httpapi.ProblemOf(r.Context(), err))
				return
			}
			w.Header().Set("Content-Type", a.kind)
			w.Header().Set("Cache-Control", a.cacheFor)
			_, _ = w.Write(a.body) // whoever asked is gone when this fails
		})
	}
}

// closed refuses to serve while the log is stopped. Fault: Unavailable.
func (l *Log) closed() error {
	if l.Stopped() == nil {
		return nil
	}
	return errClosed()
}

func errClosed() error {
	return fault.New(fault.Unavailable, i18n.T("日志暂停提供：数据库与已签发的内容不符，运营者须先查明", "the log is not served: the database differs from what was signed, and the operator must find out why"))
}

// answer is what a request gets, and how long it may be kept.
type answer struct {
	kind, cacheFor string
	body           []byte
}

func (l *Log) serveKey(*http.Request) (answer, error) {
	return answer{plain, shortly, []byte(l.Key() + "\n")}, nil
}

func (l *Log) serveCheckpoint(r *http.Request) (answer, error) {
	text, err := l.Latest(r.Context())
	if err == nil && text == "" {
		err = errBeyond()
	}
	return answer{plain, shortly, []byte(text)}, err
}

func (l *Log) takeCosignature(r *http.Request) (answer, error) {
	text, err := io.ReadAll(io.LimitReader(r.Body, maxNote+1))
	if err != nil {
		return answer{}, fault.New(fault.Invalid, i18n.T("没有收到完整的内容", "the content did not arrive completely"))
	}
	if len(text) > maxNote {
		return answer{}, fault.New(fault.TooLarge, i18n.T("检查点不会超过 16 KB", "no checkpoint is over 16 KB"))
	}
	return answer{plain, "no-store", nil}, l.Cosign(r.Context(), string(text))
}

// serveTile serves hash tiles and, below entries/, the entries themselves: C2SP
// tlog-tiles.
func (l *Log) serveTile(r *http.Request) (a answer, err error) {
	t, ok := parseTile(r.PathValue("path"))
	if !ok {
		return a, errNoTile()
	}
	err = l.db.Read(r.Context(), func(rd db.Reader) error {
		size, err := db.Value[int64](rd, `select size from log_head where one = 1`)
		if err != nil {
			return err
		}
		if have := size >> (height * max(t.L, 0)); t.N > have>>height || t.N<<height+int64(t.W) > have {
			return errNoTile()
		}
		if t.L < 0 {
			a.body, err = entries(rd, t)
			return err
		}
		a.body, err = db.Value[[]byte](rd, `select hashes from log_tile where level = $1 and n = $2`, t.L, t.N)
		if err == nil && len(a.body) >= t.W*merkle.HashSize {
			a.body = a.body[:t.W*merkle.HashSize]
		}
		return err
	})
	a.kind, a.cacheFor = octets, forever
	return a, err
}

// parseTile reads the path of a tile; level -1 stands for entries.
func parseTile(p string) (t merkle.Tile, ok bool) {
	level, rest, _ := strings.Cut(p, "/")
	if level == "entries" {
		level = "data"
	}
	t, err := merkle.ParseTilePath("tile/8/" + level + "/" + rest)
	return t, err == nil && t.L < 8 && path.Clean(p) == p
}

// entries writes the entries of a tile, each after its length in two bytes.
func entries(r db.Reader, t merkle.Tile) (out []byte, err error) {
	from := t.N << height
	all, err := db.Values[[]byte](r, `select entry from log_leaf where idx >= $1 and idx < $2 order by idx`, from, from+int64(t.W))
	for _, e := range all {
		out = append(out, byte(len(e)>>8), byte(len(e)))
		out = append(out, e...)
	}
	if err == nil && len(all) != t.W {
		err = fmt.Errorf("tlog: %d entries in tile %d, want %d", len(all), t.N, t.W)
	}
	return out, err
}

func errNoTile() error {
	return fault.New(fault.NotFound, i18n.T("日志里没有这一块", "the log has no such tile"))
}

func (l *Log) serveProof(r *http.Request) (a answer, err error) {
	size, err := sizeOf(r.URL.Query().Get("size"))
	if err != nil {
		return a, err
	}
	leaf := r.PathValue("leaf")
	err = l.db.Read(r.Context(), func(rd db.Reader) error {
		index, err := strconv.ParseInt(leaf, 10, 64)
		if err != nil || index < 0 || len(leaf) > 19 {
			h, ok := parseLeaf(leaf)
			if !ok {
				return fault.New(fault.Invalid, i18n.T("请给出序号，或叶子哈希（十六进制或 base64url）", "give an index, or a leaf hash in hexadecimal or base64url"))
			}
			if index, err = find(rd, h); err != nil {
				return err
			}
		}
		p, err := Prove(rd, index, size)
		a.body = []byte(p.String())
		return err
	})
	a.kind, a.cacheFor = plain, shortly
	return a, err
}

// sizeOf reads the size of a tree; nothing is 0.
func sizeOf(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Invalid, i18n.T("大小应为正整数", "a size is a whole number above 0"))
	}
	return n, nil
}

// serveConsistency proves that the tree of a newer checkpoint begins with that
// of an older one: a hash on each line.
func (l *Log) serveConsistency(r *http.Request) (a answer, err error) {
	older, err := sizeOf(r.PathValue("old"))
	if err != nil {
		return a, err
	}
	newer, err := sizeOf(r.PathValue("new"))
	if err != nil {
		return a, err
	}
	if older > newer {
		return a, fault.New(fault.Invalid, i18n.T("前一个大小不能超过后一个", "the old size cannot be above the new one"))
	}
	err = l.db.Read(r.Context(), func(rd db.Reader) error {
		size, err := db.Value[int64](rd, `select size from log_head where one = 1`)
		if err == nil && newer > size {
			err = errBeyond()
		}
		if err != nil {
			return err
		}
		proof, err := merkle.ProveTree(newer, older, stored(rd))
		for _, h := range proof {
			a.body = append(a.body, h.String()+"\n"...)
		}
		return err
	})
	a.kind, a.cacheFor = plain, forever
	return a, err
}
