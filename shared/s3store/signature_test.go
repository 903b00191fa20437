package s3store_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// What follows is the receiving half of Signature Version 4, written from its
// public description and held against AWS's own examples, so that the sending
// half is not judged by itself.

// signature is the one that a request should carry.
func signature(r *http.Request, payload string) string {
	date, scope, names := signedParts(r)
	key := []byte("AWS4" + secretKey)
	for _, part := range strings.Split(scope, "/") {
		key = mac(key, part)
	}
	sum := sha256.Sum256([]byte(canonical(r, names, payload)))
	return hex.EncodeToString(mac(key, strings.Join([]string{"AWS4-HMAC-SHA256", date, scope, hex.EncodeToString(sum[:])}, "\n")))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// signedParts are when, in which scope and over which headers a request is signed.
func signedParts(r *http.Request) (date, scope string, names []string) {
	q := r.URL.Query()
	credential, list, date := q.Get("X-Amz-Credential"), q.Get("X-Amz-SignedHeaders"), q.Get("X-Amz-Date")
	if date == "" {
		credential, list, date = authorization(r, "Credential"), authorization(r, "SignedHeaders"), r.Header.Get("X-Amz-Date")
	}
	return date, strings.TrimPrefix(credential, accessKey+"/"), strings.Split(list, ";")
}

func authorization(r *http.Request, name string) string {
	_, rest, _ := strings.Cut(r.Header.Get("Authorization"), name+"=")
	value, _, _ := strings.Cut(rest, ",")
	return value
}

func signatureIn(r *http.Request) string {
	if s := r.URL.Query().Get("X-Amz-Signature"); s != "" {
		return s
	}
	return authorization(r, "Signature")
}

// canonical is the text that both sides sign. Path and query are written anew
// from their unescaped form, as S3 does.
func canonical(r *http.Request, names []string, payload string) string {
	var query []string
	for name, values := range r.URL.Query() {
		for _, value := range values {
			if name != "X-Amz-Signature" {
				query = append(query, escape(name, "")+"="+escape(value, ""))
			}
		}
	}
	slices.Sort(query)
	lines := []string{r.Method, escape(r.URL.Path, "/"), strings.Join(query, "&")}
	for _, name := range names {
		value := r.Header.Get(name)
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = r.Header.Get("Content-Length")
		}
		lines = append(lines, name+":"+strings.TrimSpace(value))
	}
	return strings.Join(append(lines, "", strings.Join(names, ";"), payload), "\n")
}

func escape(text, also string) string {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	var b strings.Builder
	for _, c := range []byte(text) {
		if strings.IndexByte(plain+also, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return b.String()
}

// The examples of "Authenticating Requests (AWS Signature Version 4)" in the
// Amazon S3 API reference.
func TestReceivingHalfKnowsTheExamplesOfAWS(t *testing.T) {
	const scope = accessKey + "/20130524/us-east-1/s3/aws4_request"
	put := httptest.NewRequest(http.MethodPut, "https://examplebucket.s3.amazonaws.com/test%24file.text", nil)
	const putHash = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"
	for name, value := range map[string]string{"Date": "Fri, 24 May 2013 00:00:00 GMT", "X-Amz-Date": "20130524T000000Z", "X-Amz-Storage-Class": "REDUCED_REDUNDANCY", "X-Amz-Content-Sha256": putHash,
		"Authorization": "AWS4-HMAC-SHA256 Credential=" + scope + ",SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"} {
		put.Header.Set(name, value)
	}
	link := httptest.NewRequest(http.MethodGet, "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="+url.QueryEscape(scope)+
		"&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", nil)
	for _, test := range []struct {
		name    string
		request *http.Request
		payload string
	}{{"put an object", put, putHash}, {"link to an object", link, "UNSIGNED-PAYLOAD"}} {
		t.Run(test.name, func(t *testing.T) {
			if got, want := signature(test.request, test.payload), signatureIn(test.request); got != want {
				t.Errorf("signature %s, want %s", got, want)
			}
		})
	}
}
