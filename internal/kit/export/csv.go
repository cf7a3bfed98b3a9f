package export

import (
	"encoding/csv"
	"io"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// CSV writes the table to w.
func CSV(w io.Writer, t Table, lang i18n.Lang) (err error) {
	defer fault.Wrap(&err, "export.CSV(%s)", t.Name.EN)
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.headers(lang)); err != nil {
		return err
	}
	line := make([]string, len(t.Columns))
	for row, err := range t.rows(lang) {
		if err != nil {
			return err
		}
		for i, cell := range row {
			line[i] = written(cell)
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
