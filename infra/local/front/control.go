package front

import "net/http"

// controlOf serves /_local: the restart here, the rest by the emulator's
// wrapper. A page of another origin may not use it.
func controlOf(routes Routes) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /_local/emulator/restart", func(w http.ResponseWriter, r *http.Request) {
		if err := routes.Restart(r); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.Handle("/_local/", proxyTo(routes.Emulator, ""))
	return http.NewCrossOriginProtection().Handler(mux)
}
