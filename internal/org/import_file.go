package org

import (
	"context"

	"qingfeng/internal/kit/httpapi"
)

func (i importer) open(in Upload) ([]line, error) { return nil, nil }

func (i importer) template(ctx context.Context) (httpapi.File, error) { return httpapi.File{}, nil }
