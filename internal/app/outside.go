package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/prose"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org/plan"
)

// What stands here needs no data folder: it is for anybody who has a file.

// planCommand is about plans of campaigns.
type planCommand struct {
	Parse planParseCommand `cmd:"" help:"Take out of an official document what it says of a campaign."`
}

type planParseCommand struct {
	File string `arg:"" help:"The document: txt, docx or pdf." type:"existingfile"`
	JSON bool   `help:"Everything, with the place of each value in the text, as JSON."`
}

// Run prints what the document says.
func (c *planParseCommand) Run(ctx context.Context, w io.Writer) error {
	content, err := readMost(c.File, prose.MostBytes)
	if err != nil {
		return err
	}
	text, err := prose.New().Read(ctx, content)
	if err != nil {
		return err
	}
	plans, err := plan.Parse(text)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(w, map[string]any{"plans": plans})
	}
	for _, p := range plans {
		if _, err := io.WriteString(w, planText(p)); err != nil {
			return fmt.Errorf("plan: %w", err)
		}
	}
	return nil
}

func writeJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

// planText is a plan for a terminal; what the document leaves open is a dash.
func planText(p plan.Plan) string {
	var b strings.Builder
	line := func(name i18n.Text, values ...*string) {
		b.WriteString(name.In(terminalLang()))
		for _, v := range values {
			text := "–"
			if v != nil {
				text = printable(short(*v))
			}
			b.WriteString("\t" + text)
		}
		b.WriteString("\n")
	}
	line(i18n.T("标题", "title"), p.Title)
	line(i18n.T("文号", "number"), p.DocNumber)
	line(i18n.T("发文单位", "issuer"), p.Issuer)
	line(i18n.T("目标", "goal"), p.Goal)
	for i := range p.Scope {
		line(i18n.T("范围", "scope"), &p.Scope[i])
	}
	for _, t := range p.Tasks {
		units := strings.Join(t.Units, "、")
		line(i18n.T("任务", "task"), t.Number, t.Title, &units, t.Text)
	}
	for _, s := range p.Stages {
		line(i18n.T("阶段", "stage"), s.Number, s.Title, s.Start, s.End)
	}
	for _, m := range p.Milestones {
		percent := fmt.Sprintf("%g%%", m.Percent)
		line(i18n.T("覆盖", "share"), &percent, m.Kind, m.Due)
	}
	for _, x := range p.Reports {
		line(i18n.T("报送", "report"), x.Due, x.Text)
	}
	for _, x := range p.Leaders {
		line(i18n.T("领导小组", "leader"), x.Role, x.Name)
	}
	for i := range p.Doubts {
		line(i18n.T("没有这一天，请核实", "no such day, please ask"), &p.Doubts[i].Text)
	}
	b.WriteString("\n")
	return b.String()
}

// short is the beginning of a text, on one line.
func short(text string) string {
	const most = 60
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// drawCommand is about draws that were published.
type drawCommand struct {
	Verify drawVerifyCommand `cmd:"" help:"Make a published draw again, without the network, and compare."`
}

type drawVerifyCommand struct {
	File string `arg:"" help:"The published record of the draw." type:"existingfile"`
}

// mostRecord is how long a published record may be: a hundred thousand targets
// take about 20 MB.
const mostRecord = 256 << 20

// Run says whether the draw is the one that the list and the seed give.
func (c *drawVerifyCommand) Run(w io.Writer) error {
	content, err := readMost(c.File, mostRecord)
	if err != nil {
		return err
	}
	r, err := inspection.ReadRecord(content)
	if err != nil {
		return err
	}
	if err := r.Verify(); err != nil {
		return err
	}
	say(w, i18n.T("抽取成立：名录 %s，从 %d 个对象抽中 %d 个，重新抽取的结果相同。", "The draw holds: list %s, %d targets of which %d were drawn; made again, it gives the same."),
		r.ListHash, len(r.List.Targets), len(r.Result))
	if !r.HasProgram() {
		say(w, inspection.WithoutProgram())
	}
	return nil
}

// readMost reads a file of bounded length.
func readMost(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if int64(len(content)) > most {
		return nil, fault.New(fault.TooLarge, i18n.T("文件太大", "the file is too large"))
	}
	return content, nil
}
