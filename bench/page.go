package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// small measures what a citizen's telephone, and the machine in the county's
// cellar, have to bear: the page, the start, the memory.
func small(ctx context.Context, s *settings) (lines []line, err error) {
	c, err := s.demo(ctx, "small", "")
	if err != nil {
		return nil, err
	}
	lines = append(lines, line{what: "start to ready, demo made first", figure: c.begin.Round(time.Millisecond).String()})
	if err := c.stop(); err != nil {
		return lines, err
	}
	if c, err = s.demo(ctx, "small", ""); err != nil {
		return lines, err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	lines = append(lines, line{what: "start to ready on demo data", figure: c.begin.Round(time.Millisecond).String()})
	if err := c.quiet(ctx); err != nil {
		return lines, err
	}
	idle, err := c.resident()
	if err != nil {
		return lines, err
	}
	page, err := weigh(ctx, c.base, "/q/"+c.Token)
	if err != nil {
		return lines, err
	}
	if _, err := hammer(ctx, s.turn, post(c.base+"/api/v1/public/reports", reports(c.Token))); err != nil {
		return lines, err
	}
	loaded, err := c.resident()
	return append(lines, page, line{what: "resident memory, idle on demo data", figure: fmt.Sprintf("%d MB", idle>>20)},
		line{what: "resident memory, after " + s.turn.String() + " of 64 clients reporting", figure: fmt.Sprintf("%d MB", loaded>>20)}), err
}

// assets finds what a page needs before it can be used.
var assets = regexp.MustCompile(`<(?:link[^>]+rel="(?:stylesheet|icon|manifest|modulepreload|preload)"[^>]*href|script[^>]+src|img[^>]+src)="([^"]+)"`)

// weigh counts requests and bytes, as they travel, of the report form.
func weigh(ctx context.Context, base, path string) (line, error) {
	text, bytes, err := fetch(ctx, base+path)
	if err != nil {
		return line{}, err
	}
	requests := 1
	for _, m := range assets.FindAllStringSubmatch(text, -1) {
		if strings.HasPrefix(m[1], "data:") {
			continue
		}
		_, n, err := fetch(ctx, base+m[1])
		if err != nil {
			return line{}, err
		}
		requests, bytes = requests+1, bytes+n
	}
	return line{what: "citizen's form, compressed, all in", figure: fmt.Sprintf("%.1f KB in %d requests", float64(bytes)/1024, requests), goal: "≤ 40 KB"}, nil
}

// fetch returns a resource and how many bytes of it travelled.
func fetch(ctx context.Context, url string) (text string, travelled int, err error) {
	for _, encoding := range []string{"gzip", "identity"} {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return "", 0, fmt.Errorf("fetch: %w", err)
		}
		req.Header.Set("Accept-Encoding", encoding)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return "", 0, fmt.Errorf("fetch: %w", err)
		}
		body, err := io.ReadAll(res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			return "", 0, fmt.Errorf("fetch: %w", err)
		}
		if res.StatusCode != http.StatusOK {
			return "", 0, fmt.Errorf("%s answered %s", url, res.Status)
		}
		if encoding == "gzip" {
			travelled = len(body)
		}
		text = string(body)
	}
	return text, travelled, nil
}
