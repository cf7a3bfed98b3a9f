package inspection

import (
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
			return fault.New(fault.Invalid, i18n.T("第 %d 项与重新抽取的结果不符：公布的是 %s，应为 %s", "item %d is not what the draw gives: published %s, should be %s"), i+1, itemOf(r.Result, i), itemOf(again, i))
		}
	}
	return nil
}

func itemOf(all []Drawn, i int) string {
	if i >= len(all) {
		return "–"
	}
	return fmt.Sprintf("%s %v", all[i].Target, all[i].Inspectors)
}
