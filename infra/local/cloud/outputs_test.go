package cloud

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutputsOfTheStack(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Form.Get("StackName") != StackName {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		_, _ = io.WriteString(w, `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>mesa</StackName>
			<CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>
			<member><OutputKey>TableName</OutputKey><OutputValue>desk</OutputValue></member>
			<member><OutputKey>ApiUrl</OutputKey><OutputValue>http://a.execute-api.localhost</OutputValue></member>
			</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`)
	}))
	defer server.Close()
	got, err := Outputs(t.Context(), server.URL)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"TableName": "desk", "ApiUrl": "http://a.execute-api.localhost"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
