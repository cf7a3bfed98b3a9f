package inspection

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Record is a draw as it is published: all that is needed to make it again.
type Record struct {
	Terms
	List         List          `json:"list"`
	Replacements []Replacement `json:"replacements"`
	Result       []Drawn       `json:"result"`
}

// Verify makes the draw again and compares. Faults: Invalid where the list is not
// the one of the hash, where the seed was not made as it should be, or where the
// result is another one, with the first difference.
func (r Record) Verify() error {
	list := r.List
	list.Targets, list.Inspectors = slices.Clone(list.Targets), slices.Clone(list.Inspectors)
	list.Shares, list.Recusals = slices.Clone(list.Shares), slices.Clone(list.Recusals)
	list.Sort()
	if list.Hash() != r.ListHash {
		return fault.New(fault.Invalid, i18n.T("名录与公布的摘要不符：抽取之后名录被改动过", "the list is not the one of the published hash: it was changed after the draw"))
	}
	seed, err := r.Seed()
	if err != nil {
		return err
	}
	again, err := Draw(list, seed, r.Replacements...)
	if err != nil {
		return err
	}
	for i := range max(len(again), len(r.Result)) {
		if i >= len(again) || i >= len(r.Result) || again[i].Target != r.Result[i].Target || !slices.Equal(again[i].Inspectors, r.Result[i].Inspectors) {
			return fault.New(fault.Invalid, i18n.T("第 %d 项与重新抽取的结果不符：公布的是 %s，应为 %s", "item %d is not what the draw gives: published %s, should be %s"), i+1, r.item(r.Result, i), r.item(again, i))
		}
	}
	return nil
}

// item says what stands at a place of a result, by the names on the list.
func (r Record) item(all []Drawn, at int) i18n.Text {
	if at >= len(all) {
		return i18n.T("（没有这一项）", "nothing")
	}
	target, team := unnamed(all[at].Target), []i18n.Text{}
	for _, x := range r.List.Targets {
		if x.ID == all[at].Target {
			target = i18n.Same(x.Name)
		}
	}
	for _, id := range all[at].Inspectors {
		who := slices.IndexFunc(r.List.Inspectors, func(x Inspector) bool { return x.ID == id })
		if who < 0 {
			team = append(team, unnamed(id))
			continue
		}
		team = append(team, i18n.Same(r.List.Inspectors[who].Name))
	}
	if len(team) == 0 {
		return target
	}
	return i18n.T("%s（由%s检查）", "%s (by %s)").With(target, i18n.Some(team, len(team)))
}

// unnamed is what the list does not know.
func unnamed(id string) i18n.Text {
	return i18n.T("名录上没有的 %s", "%s, which is not on the list").With(id)
}

// errNoRecord marks what is no record at all, so that nobody takes it for a forged one.
var errNoRecord = errors.New("no record of a draw")

// NoRecord reports whether a file was refused because it is no record of a draw; any
// other was, and does not hold.
func NoRecord(err error) bool { return errors.Is(err, errNoRecord) }

func noRecord(why i18n.Text) error {
	return errors.Join(fault.New(fault.Invalid, i18n.T("这个文件不是抽取记录：%s", "this file is no record of a draw: %s").With(why)).
		WithFix(i18n.T("请到公布抽取的页面下载抽取记录（.json 文件）再核验", "download the record, a .json file, from the page where the draw is published, and check that")), errNoRecord)
}

// ReadRecord reads a published record. Fault: Invalid for what is none (NoRecord), and
// for one that was changed: that says a thing twice, or more or less than a record does.
func ReadRecord(text []byte) (r Record, err error) {
	var parts map[string]json.RawMessage
	switch err := json.NewDecoder(bytes.NewReader(text)).Decode(&parts); {
	case len(bytes.TrimSpace(text)) == 0:
		return r, noRecord(i18n.T("它是空的", "it is empty"))
	case err != nil && !json.Valid(text):
		return r, noRecord(i18n.T("它不是 JSON，或没有下载完整", "it is not JSON, or was not downloaded to its end"))
	}
	for _, part := range []string{"algorithm", "list_hash", "list", "result"} {
		if parts[part] == nil {
			return r, noRecord(i18n.T("里面没有名录和抽取结果", "there is no list and no result in it"))
		}
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return r, errors.Join(fault.New(fault.Invalid, i18n.T("抽取记录里有公布的记录没有的内容，被改动过", "the record says what no published record says: it was changed")), err)
	}
	again, err := json.Marshal(r)
	if err != nil {
		return r, fmt.Errorf("inspection.ReadRecord: %w", err)
	}
	var plain bytes.Buffer
	if json.Compact(&plain, text) != nil || plain.String() != string(again) {
		return r, fault.New(fault.Invalid, i18n.T("抽取记录的写法与公布的不同，可能被改动过", "the record is not written as records are published: it may have been changed"))
	}
	return r, nil
}

// Bytes is a record as it is published.
func (r Record) Bytes() ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("inspection.Bytes: %w", err)
	}
	return text, nil
}
