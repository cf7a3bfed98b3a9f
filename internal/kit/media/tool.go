package media

import (
	"context"
	"errors"

	"qingfeng/internal/kit/tool"
)

// Tools are the programs that read what Go does not; an empty path is a tool
// that is not installed.
type Tools struct {
	FFmpeg, FFprobe, HEIF string
	// PDFInfo and PDFPages are poppler's pdfinfo and pdftoppm, Office is
	// LibreOffice's soffice.
	PDFInfo, PDFPages, Office string
	// Limit and Nice are util-linux's prlimit and coreutils' nice, without
	// which no other tool is started.
	Limit, Nice string
}

// FindTools looks for the tools on the PATH.
func FindTools() Tools {
	return Tools{FFmpeg: tool.Find("ffmpeg"), FFprobe: tool.Find("ffprobe"), HEIF: tool.Find("heif-convert"), Limit: tool.Find("prlimit"), Nice: tool.Find("nice"),
		PDFInfo: tool.Find("pdfinfo"), PDFPages: tool.Find("pdftoppm"), Office: tool.Find("soffice")}
}

// mostPrinted is more than any of the tools prints, in bytes.
const mostPrinted = 16 << 20

// run runs a tool in dir and returns what it printed. Nothing is asked of it twice.
func (s *Sanitiser) run(ctx context.Context, dir, name, program string, args ...string) ([]byte, error) {
	out, err := tool.Box{Limit: s.tools.Limit, Nice: s.tools.Nice}.Run(ctx, tool.Call{Name: name, Program: program, Args: args, Dir: dir, Time: s.time, File: 2 * s.limits.Video, Print: mostPrinted})
	missing, lacks := errors.AsType[*tool.MissingError](err)
	switch {
	case err == nil:
		return out, nil
	case lacks:
		return nil, errMissing(missing.Tool)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, errTakesTooLong(err)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, errUndecodable(err)
}
