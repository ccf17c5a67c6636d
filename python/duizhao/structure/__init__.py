"""How documents and words lie to one another: similarity, trees and maps, scales, networks."""
